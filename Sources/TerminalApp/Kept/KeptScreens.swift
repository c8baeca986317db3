import KubernetesObjects

extension FindingsScreen {
  var kept: [String: String] { ["folded": "\(isFolded)"] }

  mutating func restore(_ kept: [String: String]) {
    if let flag = kept["folded"].flatMap(Bool.init) { isFolded = flag }
  }
}

extension ClustersScreen {
  var command: String? { "clusters" }
}

extension CatalogueScreen {
  var kept: [String: String] {
    ["sort": sorting.column.title, "reversed": "\(sorting.isReversed)"]
  }

  mutating func restore(_ kept: [String: String]) {
    let column = CatalogueColumn.allCases.first { $0.title == kept["sort"] }
    guard let column else { return }
    sorting = (column, kept["reversed"] == "true")
  }
}

extension ResourcesScreen {
  /// The columns by which rows are sorted at once.
  private static let known: [ResourceColumn] = [.findings, .namespace, .name, .age]

  var kept: [String: String] {
    var kept = ["wide": "\(isWide)"]
    // A column of the server's has to be loaded first: it is sorted by again when somebody asks.
    if Self.known.contains(sorting.column) {
      let direction = sorting.isReversed ? " reversed" : ""
      kept["sort of \(scope.resource.qualifiedPlural)"] = sorting.column.title + direction
    }
    return kept
  }

  mutating func restore(_ kept: [String: String]) {
    isWide = kept["wide"] == "true"
    let words = kept["sort of \(scope.resource.qualifiedPlural)"]?.split(separator: " ") ?? []
    let column = Self.known.first { $0.title == words.first.map(String.init) }
    guard let column, column != .namespace || scope.resource.isNamespaced else { return }
    sorting = Sorting(column: column, isReversed: words.count > 1)
  }
}
