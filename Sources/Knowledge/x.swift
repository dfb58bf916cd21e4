enum KnowledgePlaceholder {}
