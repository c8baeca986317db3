import NameMatching
import Testing
import UserConfiguration

/// What is said of inventories.
@Suite struct InventorySettingsTests {
  private func settings(_ text: String) throws -> Settings {
    try ConfigurationFile(parsing: text, path: "/etc/kpatrol/config.yaml", checks: []).settings
  }

  @Test func everythingThatIsWrittenIsRead() throws {
    let settings = try settings(
      """
      inventories:
        - name: machines
          kind: cmdb
          contexts: ["dc1-*"]
          from: { file: machines.CSV, every: 30s }
          map: { hostname: Name, address: [ip4, ip6] }
          labels: { rack: example.com/rack }
          clusters: { prod: dc1-prod }
          retiredStates: [Sold]
          plannedStates: []
        - name: addresses
          kind: ipam
          from:
            url: https://ipam.example.com/v1/addresses
            records: data.items
            next: links.next
            tokenCommand: [pass, show, ipam]
            timeout: 1m
      """
    ).inventories
    var machines = InventorySettings(
      name: "machines",
      kind: .cmdb,
      source: InventorySource(.file("/etc/kpatrol/machines.CSV"))
    )
    machines.contexts = ["dc1-*"]
    machines.source.format = .csv
    machines.source.every = .seconds(30)
    machines.map = [
      .hostname: [RecordPath(name: "Name")],
      .address: [RecordPath(name: "ip4"), RecordPath(name: "ip6")],
    ]
    machines.labels = [.rack: "example.com/rack"]
    machines.clusters = ["prod": "dc1-prod"]
    machines.retiredStates = ["sold"]
    machines.plannedStates = []
    var source = InventorySource(.url("https://ipam.example.com/v1/addresses"))
    source.records = try #require(RecordPath("data.items"))
    source.paging = .nextLink(try #require(RecordPath("links.next")))
    source.token = .command(["pass", "show", "ipam"])
    source.timeout = .seconds(60)
    let addresses = InventorySettings(name: "addresses", kind: .ipam, source: source)
    #expect(settings == [machines, addresses])
    #expect(machines.concerns("dc1-prod") && !machines.concerns("dc2-prod"))
    #expect(addresses.source.interval == .seconds(300) && machines.source.interval == .seconds(30))
  }

  @Test(
    "A mistake is told with its line, column and field",
    arguments: [
      (
        "[{kind: cmdb, from: {file: a.csv}}]",
        "1:15: inventories[0].name: it is missing"
      ),
      (
        "[{name: a, kind: dns, from: {file: a.csv}}]",
        #"1:31: inventories[0].kind: "dns" is no kind of inventory; write cmdb or ipam"#
      ),
      (
        "[{name: a, kind: cmdb, from: {}}]",
        "1:43: inventories[0].from: one of file, url and netbox is missing"
      ),
      (
        "[{name: a, kind: cmdb, from: {file: a.csv, url: 'http://a'}}]",
        "1:43: inventories[0].from: file and url exclude each other"
      ),
      (
        "[{name: a, kind: cmdb, from: {file: a.txt}}]",
        "1:43: inventories[0].from.format: it is missing, and the file's name does not tell"
      ),
      (
        "[{name: a, kind: cmdb, from: {file: a.csv, tokenFile: t}}]",
        "1:68: inventories[0].from.tokenFile: it says nothing beside file"
      ),
      (
        "[{name: a, kind: cmdb, from: {url: 'ftp://a'}}]",
        #"1:49: inventories[0].from.url: "ftp://a" is no URL; write https://… or http://…"#
      ),
      (
        "[{name: a, kind: cmdb, from: {url: 'https://me:secret@a'}}]",
        #"1:49: inventories[0].from.url: "https://me:secret@a" is no URL; write https://… or http://…"#
      ),
      (
        "[{name: a, kind: cmdb, from: {url: 'http://a', every: 1s}}]",
        "1:68: inventories[0].from.every: it is shorter than 5s"
      ),
      (
        "[{name: a, kind: cmdb, from: {url: 'http://a', timeout: 0s}}]",
        "1:70: inventories[0].from.timeout: it is not over 0s"
      ),
      (
        "[{name: a, kind: cmdb, from: {url: 'http://a', next: 'a..b'}}]",
        #"1:67: inventories[0].from.next: "a..b" is no path; write primary_ip.address or interfaces[0].name"#
      ),
      (
        "[{name: a, kind: ipam, from: {file: a.csv}, map: {zone: z}}]",
        "1:64: inventories[0].map.zone: there is no such field of a ipam; there are address, cluster, hostname, id, managed, owner, prefix, state"
      ),
      (
        "[{name: a, kind: cmdb, from: {file: a.csv}, labels: {state: z}}]",
        "1:67: inventories[0].labels.state: there is no such field; there are owner, rack, serial, zone"
      ),
      (
        "[{name: a, kind: cmdb, from: {file: a.csv}}, {name: a, kind: ipam, from: {file: b.csv}}]",
        #"1:66: inventories[1].name: another inventory is named "a" too"#
      ),
      (
        "[{name: a, kind: cmdb, from: {netbox: 'http://a'}, release: {}}]",
        "1:74: inventories[0].release: only an ipam has addresses that could be released"
      ),
      (
        "[{name: a, kind: ipam, from: {file: a.csv}, release: {}}]",
        "1:67: inventories[0].release: a file is read, and never changed"
      ),
      (
        "[{name: a, kind: ipam, from: {url: 'http://a'}, release: {}}]",
        "1:71: inventories[0].release.url: it is missing"
      ),
      (
        "[{name: a, kind: ipam, from: {netbox: 'http://a'}, release: {url: 'http://b'}}]",
        "1:80: inventories[0].release.url: it says nothing beside netbox"
      ),
      (
        "[{name: a, kind: ipam, from: {netbox: 'http://a'}, release: {method: POST}}]",
        "1:83: inventories[0].release.method: a netbox knows PATCH and DELETE alone"
      ),
      (
        "[{name: a, kind: ipam, from: {netbox: 'http://a'}, release: {method: GET}}]",
        #"1:83: inventories[0].release.method: "GET" is no method; write PATCH, PUT, POST or DELETE"#
      ),
      (
        "[{name: a, kind: ipam, from: {url: 'http://a'}, release: {url: 'http://{id}/'}}]",
        "1:77: inventories[0].release.url: a record's values may stand in its path and query alone"
      ),
    ]
  )
  func mistakes(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) { try settings("inventories: \(text)") }
    #expect(error?.description == "/etc/kpatrol/config.yaml:" + message)
  }
}
