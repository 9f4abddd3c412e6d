"""The rules, and what spans them. Beside the modules there are tests of

- ``in_yaml``: what helps tell to type into a `.yml` file is YAML there
- ``noted_state``: what notes set and front matter agrees with
- ``notes_with_problems``: rules that look at notes which have a problem of their own
- ``nearly_said``: fields and ticks that are nearly right, of which nothing follows
- ``paper_rules``: proposals, money, work and gains, and where their rules speak at all
- ``rules``: what each rule flags, and what it leaves alone
- ``slips``: rules that look for slips of the pen
"""
