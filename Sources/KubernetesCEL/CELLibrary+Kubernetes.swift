package import CEL

extension CELLibrary {
  /// The functions that Kubernetes adds to the language, as its admission policies have them; all but those
  /// that ask the API server for authorisation.
  package static let kubernetes: [CELLibrary] = [
    .kubernetesFormats, .kubernetesLists, .kubernetesPatterns, .kubernetesQuantities,
    .kubernetesURLs, .kubernetesVersions,
  ]
}
