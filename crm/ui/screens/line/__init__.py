"""The line of contacts on the pages of persons, companies and deals; writing into it."""
