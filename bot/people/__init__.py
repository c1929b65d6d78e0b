"""Who someone is: their ladder, their level and the level they aim for."""
