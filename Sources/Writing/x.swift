enum WritingPlaceholder {}
