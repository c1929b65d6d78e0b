"""What expectations mean on one team: written by an engineer and a manager apart, then agreed on."""
