enum ScreeningPlaceholder {}
