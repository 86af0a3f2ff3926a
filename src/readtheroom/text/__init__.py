"""Text: normalisation with offsets, entities, hashtag splitting, matching, language. Knows nothing of rules."""
