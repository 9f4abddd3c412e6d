"""The command line, a command a file: alone prints, exits and reads the clock."""
