"""What teachers take along: kits of lessons, and all lessons as pages without Python."""
