import KubernetesObjects

extension FindingsScreen {
  var kept: [String: String] {
    ["folded": "\(isFolded)", "wide": "\(isWide)", "columns of \(layout)": choice.text]
  }

  mutating func restore(_ kept: [String: String]) {
    if let flag = kept["folded"].flatMap(Bool.init) { isFolded = flag }
    isWide = kept["wide"] == "true"
    if let text = kept["columns of \(layout)"] { choice = ColumnChoice(text) }
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
    let plural = scope.resource.qualifiedPlural
    let sorting = rememberedSorting ?? pending?.sorting ?? self.sorting
    var name: String? = sorting.column.title
    if case .cell(let column) = sorting.column { name = Self.cellSign + column }
    if sorting.column == .cluster { name = nil }
    var kept = ["wide": "\(isWide)", "columns of \(plural)": choice.text]
    if let name {
      kept["sort of \(plural)"] = name + (sorting.isReversed ? Self.reversedSign : "")
    }
    return kept
  }

  /// What stands before the name of a column of the API server's.
  private static let cellSign = "cell "
  private static let reversedSign = " reversed"

  mutating func restore(_ kept: [String: String]) {
    isWide = kept["wide"] == "true"
    let plural = scope.resource.qualifiedPlural
    if let text = kept["columns of \(plural)"] { choice = ColumnChoice(text) }
    guard var name = kept["sort of \(plural)"] else { return }
    let isReversed = name.hasSuffix(Self.reversedSign)
    if isReversed { name.removeLast(Self.reversedSign.count) }
    if name.hasPrefix(Self.cellSign) {
      let column = ResourceColumn.cell(String(name.dropFirst(Self.cellSign.count)))
      rememberedSorting = Sorting(column: column, isReversed: isReversed)
      return
    }
    let column = Self.known.first { $0.title == name }
    guard let column, column != .namespace || scope.resource.isNamespaced else { return }
    sorting = Sorting(column: column, isReversed: isReversed)
  }
}
