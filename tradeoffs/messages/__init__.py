"""Messages: what is told to people, as codes and values until the moment it is shown."""
