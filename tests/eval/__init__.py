"""How well competencies are suggested for entries that people wrote, on data that stays outside."""
