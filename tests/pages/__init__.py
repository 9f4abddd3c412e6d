"""Views of journals. Beside the modules there are tests of

- ``counts``: counts of pages of facts, which lead to exactly what they count
- ``cut_offs``: lists on both sides of each cut
- ``figures``: figures against the raw files that they are made of
- ``first_lines``: figures of the first lines of lists, boards and the overview, which lead to exactly
  what they count
- ``lists``: everything can be reached, in pages of a size to read
- ``many_marks``: drawings of more than 500 marks
- ``names``: links where texts are no Markdown
- ``sums``: sums on all pages, added up once more
"""
