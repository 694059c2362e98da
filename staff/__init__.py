"""The course team's package: everything behind the command `course`. It never ships to students."""
