import ClusterGraph
import Inspection
import KubernetesObjects
import TerminalKit

@testable import Monitoring
@testable import TerminalApp

/// Objects as a fleet, and API servers, would tell of them.
extension Sample {
  static func row(
    _ name: String,
    namespace: String = "shop",
    cluster: String = "test",
    version: String = "1",
    findings: Int = 0,
    severity: Severity = .critical
  ) -> ResourcesPage.Row {
    let summary = FindingsSummary(worst: finding(1, severity: severity), count: findings)
    return ResourcesPage.Row(
      cluster: cluster,
      object: ClusterRows.Row(
        key: ObjectKey(Pod.kind, namespace: namespace, name: name),
        uid: ObjectUID("uid-\(name)"),
        resourceVersion: version,
        creationTimestamp: now - .seconds(90),
        findings: findings > 0 ? summary : nil
      )
    )
  }

  static func resources(
    _ rows: [ResourcesPage.Row],
    count: Int? = nil,
    offset: Int = 0
  ) -> ResourcesPage {
    var page = ResourcesPage()
    page.rows = rows
    page.count = count ?? rows.count
    page.countWithoutFilter = page.count
    page.offset = offset
    page.visibility = [("test", "test", .seen)]
    page.now = now
    return page
  }

  static let podColumns: [ResourceTable.Column] = [
    .init("Name"), .init("Ready"), .init("Status"), .init("Restarts"), .init("Age"),
    .init("IP", isWide: true), .init("Node", isWide: true),
  ]

  /// What the API server says of a row.
  static func cells(_ row: ResourcesPage.Row, status: String = "Running") -> ObjectCells {
    let key = row.object.key
    let table = ResourceTable.Row(
      namespace: key.namespace,
      name: key.name,
      uid: row.object.uid,
      resourceVersion: row.object.resourceVersion,
      cells: [key.name, "1/1", status, "0", "90s", "10.1.2.3", "node-1"]
    )
    return ObjectCells(row.id, .row(podColumns, table))
  }
}

/// A driver that shows a list of Pods.
struct ResourcesDriver {
  var driver: AppDriver
  /// What was asked for last.
  private(set) var query: ResourcesQuery?

  init(_ columns: Int = 80, _ rows: Int = 24, _ command: String = "pods") {
    driver = AppDriver(columns, rows)
    driver.show([Sample.finding(1)])
    note(driver.run(command))
    driver.take(.statuses([Sample.status()]))
  }

  var lines: [String] { driver.lines }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { note(keys.flatMap { driver.press($0) }) }

  @discardableResult
  mutating func run(_ command: String) -> [Effect] { note(driver.run(command)) }

  /// Answers the last question for rows.
  @discardableResult
  mutating func show(_ page: ResourcesPage) -> [Effect] {
    guard let query else { return [] }
    return note(driver.take(.rows(page, for: query)))
  }

  /// Shows these rows, and what the API server says of them.
  mutating func show(_ rows: [ResourcesPage.Row], status: String = "Running") {
    var effects = show(Sample.resources(rows))
    while let objects = effects.cells {
      let asked = rows.filter { objects.contains($0.id) }
      effects = driver.take(.cells(asked.map { Sample.cells($0, status: status) }))
    }
  }

  @discardableResult
  private mutating func note(_ effects: [Effect]) -> [Effect] {
    for case .loadRows(let query) in effects { self.query = query }
    return effects
  }
}

extension [Effect] {
  /// The objects whose cells are asked for.
  var cells: [ClusterObject]? {
    for case .loadCells(let objects) in self { return objects }
    return nil
  }

  /// The rows that are asked for last.
  var rows: ResourcesQuery? {
    for case .loadRows(let query) in reversed() { return query }
    return nil
  }

  var column: (query: ColumnQuery, isFirst: Bool)? {
    for case .loadColumn(let query, let isFirst) in self { return (query, isFirst) }
    return nil
  }
}
