import KubernetesObjects
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import Inventories

/// What is made of records.
@Suite(.fewAtOnce) struct RecordReadingTests {
  private static func settings(
    _ kind: InventorySettings.Kind = .cmdb,
    _ map: [InventorySettings.Field: String] = [:]
  ) -> InventorySettings {
    var settings = InventorySettings(
      name: "test",
      kind: kind,
      source: InventorySource(.file("test.json"))
    )
    settings.map = map.mapValues { [RecordPath($0)].compactMap(\.self) }
    return settings
  }

  private static func reading(
    _ text: String,
    _ settings: InventorySettings,
    as format: InventorySource.Format = .json
  ) throws -> InventoryReading {
    var collection = RecordCollection(settings)
    _ = try collection.add(
      Array(text.utf8),
      as: format,
      records: settings.source.records,
      mapping: RecordMapping(settings),
      named: "test"
    )
    return try collection.reading(from: "test")
  }

  @Test(
    "A path leads through maps and lists",
    arguments: [
      ("a.b", ["1"]), ("$.a.b", ["1"]), ("list[0].x", ["2"]), ("list[*].x", ["2", "3"]),
      (#"["odd name"]"#, ["4"]), ("a", []), ("a.c", []), ("list[7].x", []),
      ("numbers", ["5", "6.5"]),
      ("flag", ["true"]), ("blank", []),
    ]
  )
  func paths(text: String, values: [String]) throws {
    let record: JSONValue = [
      "a": ["b": 1], "list": [["x": "2"], ["x": " 3 "]], "odd name": "4", "numbers": [5, 6.5],
      "flag": true, "blank": "  ",
    ]
    #expect(try #require(RecordPath(text)).texts(in: record) == values)
  }

  @Test(
    "What is no path is none",
    arguments: ["", "a..b", ".a", "a.", "a[", "a[x]", "a]b", "a[-1]"]
  )
  func noPath(text: String) {
    #expect(RecordPath(text) == nil)
  }

  @Test("A path is written as it is read", arguments: ["a.b[0].c[*]", #"["a.b"].c"#, "$"])
  func writesPaths(text: String) throws {
    #expect(try #require(RecordPath(text)).description == text)
  }

  @Test func aMachineIsMadeOfWhatIsMapped() throws {
    var settings = Self.settings(.cmdb, [.hostname: "Name", .address: "net.ips[*]"])
    settings.clusters = ["Shop": "demo"]
    let reading = try Self.reading(
      """
      [{"Name": "node-1", "net": {"ips": ["192.0.2.1/24", "2001:db8::1"]}, "cluster": "Shop",
        "state": "In Repair", "zone": "z", "serial": 17}]
      """,
      settings
    )
    let machine = try #require(reading.content.machines?.machines.first)
    #expect(machine.hostname == "node-1" && machine.name == "node-1")
    #expect(machine.addresses.map(\.description) == ["192.0.2.1", "2001:db8::1"])
    #expect(machine.cluster == "demo" && machine.zone == "z" && machine.serial == "17")
    #expect(machine.lifecycle == .inService && reading.problems.isEmpty)
  }

  @Test(
    "A state says where a machine stands",
    arguments: [
      ("", RecordLifecycle.inService), ("active", .inService), ("Decommissioning", .retired),
      ("repair", .retired), ("planned", .planned), ("STAGED", .planned),
    ]
  )
  func states(state: String, lifecycle: RecordLifecycle) throws {
    let reading = try Self.reading(#"[{"hostname": "a", "state": "\#(state)"}]"#, Self.settings())
    #expect(reading.content.machines?.machines.first?.lifecycle == lifecycle)
  }

  @Test func anIPAMHasAddressesAndRanges() throws {
    let reading = try Self.reading(
      """
      address,prefix,cluster,hostname,managed
      10.0.0.7,10.0.0.0/24,demo,node-7,
      ,10.0.0.0/24,,,yes
      "10.0.1.1; 10.0.1.2",,demo,,
      """,
      Self.settings(.ipam),
      as: .csv
    )
    let table = try #require(reading.content.addresses)
    #expect(
      table.addresses(ofCluster: "demo").map(\.description) == ["10.0.0.7", "10.0.1.1", "10.0.1.2"]
    )
    let address = try #require(IPAddress("10.0.0.9"))
    #expect(table.managedRange(around: address)?.prefix.description == "10.0.0.0/24")
    #expect(reading.recordCount == 3)
  }

  @Test func recordsThatSayNothingAreToldAndManyOfThemAreNotBelieved() throws {
    let good = (1...9).map { #"{"hostname": "node-\#($0)"}"# }
    let reading = try Self.reading(
      "[" + (good + [#"{"address": "x"}"#]).joined(separator: ",") + "]",
      Self.settings()
    )
    #expect(
      reading.problems == [
        #"test, record 10: address: "x" is no address"#,
        "test, record 10: it has no hostname, address, providerID or systemUUID",
      ]
    )
    #expect(throws: InventoryError.self) {
      try Self.reading(#"[{"name": "node-1"}, {"name": "node-2"}]"#, Self.settings())
    }
    #expect(throws: InventoryError.self) { try Self.reading("[]", Self.settings()) }
  }

  @Test func aDocumentTellsWhatStandsAroundItsRecords() throws {
    var records: [JSONValue] = []
    let text = #"{"data": {"items": [{"a": 1}, {"a": 2}], "n": 2}, "next": "/x"}"#
    let document = try RecordDocument(
      Array(text.utf8),
      as: .json,
      records: try #require(RecordPath("data.items"))
    ) { record, _ in records.append(record) }
    #expect(records == [["a": 1], ["a": 2]] && document.count == 2)
    #expect(document.rest == ["data": ["items": [], "n": 2], "next": "/x"])
  }

  @Test func aYAMLFileIsReadLikeAJSONOne() throws {
    var settings = Self.settings()
    settings.source.records = try #require(RecordPath("machines"))
    let text = "machines:\n- hostname: a\n  serial: 0123\n- {hostname: b}\n"
    let reading = try Self.reading(text, settings, as: .yaml)
    #expect(reading.content.machines?.machines.map(\.hostname) == ["a", "b"])
  }

  @Test(
    "What is no document is told with its line",
    arguments: [
      ("{\n\"a\": [1,\n", InventorySource.Format.json, 3), ("{}", .json, 1), ("a: [b\n", .yaml, 2),
      ("a: b", .yaml, 1), ("a,b\n1,2,3", .csv, 2),
    ]
  )
  func problems(text: String, format: InventorySource.Format, line: Int) {
    let error = #expect(throws: RecordDocument.Problem.self) {
      _ = try RecordDocument(Array(text.utf8), as: format, records: RecordPath(name: "a")) { _, _ in
      }
    }
    #expect(error?.line == line)
  }
}
