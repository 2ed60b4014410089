"""Whether somebody is entitled: conditions judged by what is known of them, and the question that decides most."""
