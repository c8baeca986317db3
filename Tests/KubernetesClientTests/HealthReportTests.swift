import KubernetesClient
import ObjectBuilders
import TestServers
import Testing

@Suite(.fewAtOnce) struct HealthReportTests {
  @Test("A healthy server names nothing", arguments: ["002", "003"])
  func healthy(recording: String) throws {
    let body = try RecordedExchange(recording).body
    let text = String(decoding: body, as: UTF8.self)
    #expect(text.hasPrefix("[+]") && HealthReport.failingParts(in: text).isEmpty)
  }

  @Test func failingPartsAreNamed() {
    let text = """
      [+]ping ok
      [-]etcd failed: reason withheld
      [+]log ok
      [-]poststarthook/rbac/bootstrap-roles failed: reason withheld
      readyz check failed
      """
    #expect(
      HealthReport.failingParts(in: text) == ["etcd", "poststarthook/rbac/bootstrap-roles"]
    )
  }
}
