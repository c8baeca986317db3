import DeployFolder
import Foundation
import HTTP
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// What `deploy/` puts into a cluster.
@Suite(.fewAtOnce) struct DeployManifestTests {
  private static let token = "token-of-the-account"

  @Test func everyManifestIsTakenByTheServer() async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = HTTPClient(ConnectionSettings(tls: tls), eventLoop: eventLoop)
    let objects = try [
      "base", "components/custom-resources", "components/reports", "components/heal",
    ]
    .flatMap(DeployManifests.objects)
    try cluster.create([
      "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "kpatrol"],
    ])
    var taken: [String] = []
    for object in objects {
      let kind = object["kind"]?.stringValue ?? ""
      let apiVersion = object["apiVersion"]?.stringValue ?? ""
      let namespace = object[path: "metadata", "namespace"]?.stringValue
      let root = apiVersion.contains("/") ? "apis" : "api"
      let plural = kind.lowercased() + (kind.hasSuffix("y") ? "" : "s")
      let place = namespace.map { "namespaces/\($0)/" } ?? ""
      let path =
        "/\(root)/\(apiVersion)/\(place)"
        + (kind.hasSuffix("y") ? plural.dropLast() + "ies" : plural[...])
      let answer = try await client.response(
        to: HTTPRequest(
          .post,
          cluster.url + path + "?dryRun=All&fieldValidation=Strict",
          headers: [
            "Authorization": "Bearer \(cluster.token)", "Content-Type": "application/json",
          ],
          body: object.encoded()
        )
      )
      // The namespace is there already.
      #expect(
        answer.status == 201 || kind == "Namespace" && answer.status == 409,
        "\(path): \(String(decoding: answer.body, as: UTF8.self))"
      )
      taken.append(kind)
    }
    #expect(taken.count > 15 && taken.contains("StatefulSet") && taken.contains("NetworkPolicy"))
    await cluster.stop()
  }

  @Test func theAccountMayDoWhatTheAgentDoesAndNothingElse() async throws {
    let grants = DeployManifests.grants(
      ofAccountIn: try DeployManifests.objects(in: "base")
    )
    try await expect(grants, toBeWhatIsUsedWithout: [])
  }

  @Test func reportsNeedARoleOfTheirOwn() async throws {
    let folders = ["base", "components/reports"]
    let all = DeployManifests.grants(
      ofAccountIn: try folders.flatMap(DeployManifests.objects)
    )
    // Of two APIs of reports one is chosen. An API server wants leave to create of whoever applies what is not there.
    let grants = all.filter { $0.apiGroups != ["wgpolicyk8s.io"] }
    let unseen: Set = [
      "create clusterreports.openreports.io", "create reports.openreports.io",
    ]
    try await expect(grants, toBeWhatIsUsedWithout: unseen) { cluster in
      try ReportWorld.define(in: cluster)
      for (kind, namespace) in [("Report", "default"), ("ClusterReport", "")] {
        try cluster.create(ReportWorld.report("kpatrol-7", kind, in: namespace, shard: 7))
      }
    }
  }

  /// Runs an agent that may do what is granted, and expects it to do all of that, but for what is `unseen` in its
  /// requests, and to want no more.
  private func expect(
    _ grants: [AccessRule],
    toBeWhatIsUsedWithout unseen: Set<String>,
    _ prepare: (SimulatedCluster) throws -> Void = { _ in }
  ) async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
    try cluster.create([
      "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "kpatrol"],
    ])
    try prepare(cluster)
    cluster.admit(
      User("system:serviceaccount:kpatrol:kpatrol", rules: grants),
      token: Self.token
    )
    let program = try Program()
    let kubeconfig = program.path(of: "kubeconfig")
    try cluster.kubeconfig(contextName: "prod", token: Self.token)
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let pack = program.path(of: "pack.yaml")
    try ReportWorld.pack.write(toFile: pack, atomically: true, encoding: .utf8)
    let config = program.path(of: "config.yaml")
    try "rules: {paths: ['\(pack)']}\nreports: {format: openreports}\n"
      .write(toFile: config, atomically: true, encoding: .utf8)
    let run = try program.begin([
      "agent", "--kubeconfig", kubeconfig, "--listen", "127.0.0.1:0", "--token-review",
      "--config", config, "--profile", "all", "--lease", "--lease-namespace", "kpatrol",
    ])
    #expect(await program.complains(#""message":"listening""#, run))
    let ports = program.logged(by: run).compactMap { $0["port"]?.stringValue }
    let port = try #require(ports.first)
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = HTTPClient(eventLoop: eventLoop)
    func get(_ path: String) async throws -> HTTPResponse {
      let headers: HTTPHeaders = ["Authorization": "Bearer \(cluster.token)"]
      return try await client.response(
        to: HTTPRequest(.get, "http://127.0.0.1:\(port)\(path)", headers: headers)
      )
    }
    let isReady = await eventually { (try? await get("/readyz").status) == 200 }
    #expect(isReady)
    #expect(try await get("/api/v1/findings").status == 200)

    func used() -> Set<String> {
      let requests = cluster.requestLog.filter { $0.userAgent.hasPrefix("kpatrol") }
      return Set(requests.map(\.permission.description))
    }
    let granted = DeployManifests.permissions(grants).subtracting(unseen)
    let areAllUsed = await eventually { granted.isSubset(of: used()) }
    #expect(areAllUsed, "granted and not used: \(granted.subtracting(used()).sorted())")
    // What is custom is looked at where a role says so.
    let refused = cluster.requestLog.filter { $0.status == 403 }.map(\.permission.description)
      .filter { !$0.hasSuffix(".example.com") }
    #expect(refused.isEmpty)
    program.send(SIGTERM, to: run)
    _ = try await program.end(run)
    await cluster.stop()
  }
}
