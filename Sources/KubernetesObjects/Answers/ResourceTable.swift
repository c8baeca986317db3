package import WireFormats

/// Objects of one resource as `kubectl get` prints them (`meta.k8s.io/v1`, `Table`).
package struct ResourceTable: Sendable, Equatable {
  package struct Column: Sendable, Hashable {
    package let name: String
    /// Whether only a wide list shows it.
    package let isWide: Bool

    package init(_ name: String, isWide: Bool = false) {
      self.name = name
      self.isWide = isWide
    }
  }

  /// One object.
  package struct Row: Sendable, Equatable {
    package let namespace: String
    package let name: String
    package let uid: ObjectUID
    package let resourceVersion: String
    /// As many as there are columns.
    package let cells: [String]

    package init(
      namespace: String,
      name: String,
      uid: ObjectUID,
      resourceVersion: String,
      cells: [String]
    ) {
      self.namespace = namespace
      self.name = name
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.cells = cells
    }
  }

  package var columns: [Column] = []
  package var rows: [Row] = []
  /// With what the next page is asked for; `nil` where there is none.
  package var continueToken: String?

  package init(columns: [Column] = [], rows: [Row] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// Reads an answer; `nil` where it is no table, as a server sends that makes none.
  package init?(_ answer: JSONValue) {
    guard answer["kind"]?.stringValue == "Table" else { return nil }
    columns = (answer["columnDefinitions"]?.arrayValue ?? []).map { column in
      Column(
        column["name"]?.stringValue ?? "",
        isWide: (column["priority"]?.integerValue ?? 0) > 0
      )
    }
    let count = columns.count
    rows = (answer["rows"]?.arrayValue ?? []).map { row in
      let metadata = row[path: "object", "metadata"]
      let cells = (row["cells"]?.arrayValue ?? []).prefix(count).map(\.cellText)
      return Row(
        namespace: metadata?["namespace"]?.stringValue ?? "",
        name: metadata?["name"]?.stringValue ?? "",
        uid: ObjectUID(metadata?["uid"]?.stringValue ?? ""),
        resourceVersion: metadata?["resourceVersion"]?.stringValue ?? "",
        cells: cells + Array(repeating: "", count: count - cells.count)
      )
    }
    let token = answer[path: "metadata", "continue"]?.stringValue ?? ""
    continueToken = token.isEmpty ? nil : token
  }
}

extension JSONValue {
  /// What kubectl prints of a cell.
  fileprivate var cellText: String {
    switch self {
    case .null: "<none>"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .string(let text): text
    case .array(let values): values.map(\.cellText).joined(separator: ",")
    case .object: "<…>"
    }
  }
}
