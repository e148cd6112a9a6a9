# A name, an id or another word that is the same in every language.
words = { $words }
