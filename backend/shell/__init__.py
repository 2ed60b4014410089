"""The frame of every page: base template, navigation, sign-in guard, design tokens, small JS library."""
