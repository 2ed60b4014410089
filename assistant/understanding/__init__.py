"""Understanding: normal form, item linking, tokens. Graph components of Rasa and what they stand on."""
