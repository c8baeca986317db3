import Testing
import WireFormats

@testable import SimulatedCluster

/// The single records of the simulated NetBox.
@Suite struct SimulatedNetBoxTests {
  private let netBox = SimulatedNetBox(token: "t")

  init() { netBox.put(NetBoxRecords.address("192.0.2.77/24"), in: .addresses) }

  private func ask(
    _ method: String,
    _ path: String = "ipam/ip-addresses/1/",
    _ body: String = ""
  ) throws -> (status: Int, answer: JSONValue) {
    let request = APIRequest(
      method,
      "/netbox/api/\(path)",
      headers: ["Authorization": "Token t"],
      body: Array(body.utf8)
    )
    let response = try #require(netBox.answer(request))
    guard case .whole(let bytes) = response.body, !bytes.isEmpty else {
      return (response.status, .null)
    }
    return (response.status, try JSONValue(parsing: bytes))
  }

  @Test func aRecordIsChangedAndStaysOneOfItsList() throws {
    let before = try ask("GET")
    #expect(before.status == 200 && before.answer[path: "status", "value"] == "active")
    let changed = try ask("PATCH", "ipam/ip-addresses/1/", #"{"status": "deprecated"}"#)
    #expect(changed.status == 200 && changed.answer["address"] == "192.0.2.77/24")
    let list = try ask("GET", "ipam/ip-addresses/").answer
    #expect(list["count"] == 1)
    #expect(list["results"]?[0]?[path: "status", "value"] == "deprecated")
    #expect(try ask("PATCH", "ipam/ip-addresses/1/", "{").status == 400)
  }

  @Test func aRecordThatIsForgottenIsNotFound() throws {
    #expect(try ask("DELETE").status == 204)
    #expect(try ask("GET").status == 404)
    #expect(try ask("DELETE").status == 404)
    #expect(try ask("GET", "ipam/ip-addresses/").answer["count"] == 0)
  }

  @Test func nobodyChangesWhatIsNoRecord() throws {
    #expect(try ask("POST").status == 405)
    #expect(try ask("PATCH", "ipam/ip-addresses/").status == 405)
    #expect(try ask("GET", "ipam/ip-addresses/x/").status == 404)
    #expect(try ask("GET", "dcim/devices/1/").status == 404)
  }
}
