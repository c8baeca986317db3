import Foundation
import WireFormats

/// Objects as the rows that `kubectl get` prints.
struct Table: Sendable {
  private let resource: ServedResource
  private let rowObject: Presentation.RowObject
  private let columns: [TableColumn]
  private let objects: [StoredObject]
  private let metadata: JSONValue
  /// A watch names the columns only once.
  private let hasColumns: Bool
  private let now = Date()

  init(
    of resource: ServedResource,
    _ objects: [StoredObject],
    with rowObject: Presentation.RowObject = .metadata,
    metadata: JSONValue,
    hasColumns: Bool = true
  ) {
    self.resource = resource
    self.rowObject = rowObject
    self.hasColumns = hasColumns
    columns = TableColumns.columns(of: resource)
    self.objects = objects
    self.metadata = metadata
  }

  init(
    of resource: ServedResource,
    _ objects: [StoredObject],
    with rowObject: Presentation.RowObject = .metadata,
    version: UInt64,
    hasColumns: Bool = true
  ) {
    self.init(
      of: resource,
      objects,
      with: rowObject,
      metadata: ["resourceVersion": .string(String(version))],
      hasColumns: hasColumns
    )
  }

  func encoded() -> [UInt8] {
    let table: JSONValue = [
      "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
      "columnDefinitions": hasColumns ? .array(columns.map(definition)) : .null,
      "rows": .array(objects.map(row)),
    ]
    return table.encoded()
  }

  private func definition(_ column: TableColumn) -> JSONValue {
    [
      "name": .string(column.name), "type": column.isNumber ? "integer" : "string",
      "format": column.name == "Name" ? "name" : "", "description": .string(column.name),
      "priority": column.isWide ? 1 : 0,
    ]
  }

  private func row(_ object: StoredObject) -> JSONValue {
    let cells = columns.map { column -> JSONValue in column.cell(object, now) }
    let shown: JSONValue =
      switch rowObject {
      case .none: .null
      case .metadata:
        [
          "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
          "metadata": object.value["metadata"] ?? [:],
        ]
      case .whole: object.value(as: resource)
      }
    return ["cells": .array(cells), "object": shown]
  }
}

/// One column: its head, and what it says of an object.
struct TableColumn: Sendable {
  let name: String
  var isNumber = false
  /// Shown with `-o wide` only.
  var isWide = false
  let cell: @Sendable (StoredObject, Date) -> JSONValue

  init(
    _ name: String,
    isNumber: Bool = false,
    isWide: Bool = false,
    _ cell: @escaping @Sendable (StoredObject, Date) -> JSONValue
  ) {
    self.name = name
    self.isNumber = isNumber
    self.isWide = isWide
    self.cell = cell
  }

  /// A column that shows one member as text.
  static func text(
    _ name: String,
    isWide: Bool = false,
    _ path: String...
  ) -> TableColumn {
    TableColumn(name, isWide: isWide) { object, _ in
      var value: JSONValue? = object.value
      for key in path { value = value?[key] }
      if let integer = value?.integerValue { return .string(String(integer)) }
      if let flag = value?.booleanValue { return .string(String(flag)) }
      return .string(value?.stringValue ?? "<none>")
    }
  }

  /// A column that shows one member as a number.
  static func number(_ name: String, _ path: String...) -> TableColumn {
    TableColumn(name, isNumber: true) { object, _ in
      var value: JSONValue? = object.value
      for key in path { value = value?[key] }
      return .integer(value?.integerValue ?? 0)
    }
  }
}
