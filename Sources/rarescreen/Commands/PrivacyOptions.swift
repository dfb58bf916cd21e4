import ArgumentParser

/// Flags for what is told of the people in a case.
struct PrivacyOptions: ParsableArguments {
  @Flag(
    help:
      "Tell on the page, in FHIR and in the phenopacket which variants unaffected relatives carry, where the patient's result does not need it."
  )
  var showCarriers = false
}
