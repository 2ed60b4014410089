"""Text for speech: numbers, money, dates, numbers of things and Latin letters spelt in characters; characters in pinyin."""
