"""How the bundled voice model is made: from synthetic speech of the repository's own sentences, nothing else. Not part of the product."""
