import Foundation
import TestServers
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct AccessTests {
  static let viewer = User(
    "viewer",
    uid: "3",
    groups: ["viewers"],
    rules: [AccessRule(verbs: ["get", "list", "watch"], resources: ["pods", "nodes"])]
  )

  static let operatorOfShop = User(
    "olga",
    rules: [
      AccessRule(
        verbs: ["*"],
        apiGroups: ["", "apps"],
        resources: ["pods", "pods/log", "*/scale"],
        namespaces: ["shop"]
      ),
      AccessRule(
        verbs: ["get", "list"],
        resources: ["secrets"],
        resourceNames: ["public"],
        namespaces: ["shop"]
      ),
      AccessRule(verbs: ["get"], nonResourceURLs: ["/metrics/*"]),
    ]
  )

  private func server() throws -> TestServer {
    let test = try TestServer()
    test.server.access.admit(Self.viewer, token: "viewer")
    test.server.access.admit(Self.operatorOfShop, token: "olga")
    return test
  }

  private func send(_ test: TestServer, _ recording: Recording) async throws -> TestServer.Answer {
    var headers = recording.headers
    headers["Authorization"] = "Bearer viewer"
    return try await test.send(
      APIRequest(recording.method, recording.target, headers: headers, body: recording.body)
    )
  }

  @Test(
    "What a viewer may not do is refused word for word as recorded",
    arguments: ["063", "066", "067", "099"]
  )
  func refusals(number: String) async throws {
    let recording = try Recording(number)
    let answer = try await send(try server(), recording)
    #expect(answer.status == 403)
    #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
    #expect(try answer.json() == recording.json)
  }

  @Test("Reviews answer by the rules, as recorded", arguments: ["090", "091", "092"])
  func reviews(number: String) async throws {
    let recording = try Recording(number)
    let test = try server()
    let answer = try await send(test, recording)
    #expect(answer.status == 201)
    var own = try answer.json()
    var recorded = try recording.json
    for member in ["managedFields", "creationTimestamp"] {
      own[path: "metadata", member] = nil
      recorded[path: "metadata", member] = nil
    }
    #expect(own == recorded)
  }

  @Test func rulesThatCannotBeToldAreSaidToBeMissing() async throws {
    let test = try server()
    var user = Self.viewer
    user.hasTellableRules = false
    test.server.access.admit(user, token: "viewer")
    let answer = try await send(test, try Recording("091")).json()
    #expect(answer[path: "status", "incomplete"] == true)
    let rules = answer[path: "status", "resourceRules"]?.arrayValue ?? []
    #expect(rules.count == 2 && !rules.contains { $0["resources"]?[0] == "pods" })
    // What they allow is allowed all the same.
    let review = try await send(test, try Recording("090")).json()
    let recorded = try Recording("090").json
    #expect(review[path: "status", "allowed"] == recorded[path: "status", "allowed"])
  }

  @Test(
    "A rule holds for its verbs, groups, resources, names and namespaces",
    arguments: [
      ("GET /api/v1/namespaces/shop/pods", true),
      ("GET /api/v1/namespaces/shop/pods?watch=1", true),
      ("DELETE /api/v1/namespaces/shop/pods/a", true),
      ("GET /api/v1/namespaces/payments/pods", false), ("GET /api/v1/pods", false),
      ("GET /api/v1/namespaces/shop/pods/a/log", true),
      ("POST /api/v1/namespaces/shop/pods/a/eviction", false),
      ("PATCH /apis/apps/v1/namespaces/shop/deployments/a/scale", true),
      ("PATCH /apis/apps/v1/namespaces/shop/deployments/a", false),
      ("PATCH /apis/batch/v1/namespaces/shop/jobs/a/scale", false),
      ("GET /api/v1/namespaces/shop/secrets/public", true),
      ("GET /api/v1/namespaces/shop/secrets/private", false),
      ("GET /api/v1/namespaces/shop/secrets", false),
      ("GET /api/v1/namespaces/shop/secrets?fieldSelector=metadata.name%3Dpublic", true),
      ("GET /metrics/slis", true), ("GET /metrics", false), ("GET /apis/apps/v1", true),
      ("GET /version", true), ("GET /api/v1/namespaces/shop", false),
    ]
  )
  func rules(target: String, isAllowed: Bool) {
    let parts = target.split(separator: " ").map(String.init)
    let request = RequestAttributes(APIRequest(parts[0], parts[1]))
    #expect(Self.operatorOfShop.may(request) == isAllowed)
    #expect(User.administrator.may(request))
  }

  @Test func aPathThatIsNoResourceIsRefusedByItsPath() async throws {
    let test = try server()
    let answer = try await test.send(
      APIRequest("GET", "/metrics", headers: ["Authorization": "Bearer viewer"])
    )
    #expect(answer.status == 403)
    #expect(
      try answer.json()["message"]
        == "forbidden: User \"viewer\" cannot get path \"/metrics\""
    )
  }

  @Test func aTokenExpiresOnTheServersClock() async throws {
    let test = try server()
    let (token, expiry) = test.server.access.issueToken(for: Self.viewer, lifetime: 60)
    let request = APIRequest("GET", "/api/v1/pods", headers: ["Authorization": "Bearer \(token)"])
    #expect(try await test.send(request).status == 200)
    test.time.advance(by: 59)
    #expect(try await test.send(request).status == 200)
    test.time.advance(by: 1)
    #expect(test.time.clock.now() == expiry)
    let answer = try await test.send(request)
    #expect(answer.status == 401)
    #expect(try answer.json() == Recording("064").json)
  }

  @Test func aRevokedTokenIsUnknown() async throws {
    let test = try server()
    test.server.access.revoke("viewer")
    let request = APIRequest("GET", "/api/v1/pods", headers: ["Authorization": "Bearer viewer"])
    #expect(try await test.send(request).status == 401)
  }

  @Test func anAdministratorCanActAsSomebodyElse() async throws {
    let test = try server()
    func send(_ path: String, as user: String) async throws -> Int {
      try await test.send(
        APIRequest(
          "GET",
          path,
          headers: ["Authorization": "Bearer secret", "Impersonate-User": user]
        )
      ).status
    }
    #expect(try await send("/api/v1/pods", as: "viewer") == 200)
    #expect(try await send("/api/v1/secrets", as: "viewer") == 403)
    #expect(try await send("/api/v1/pods", as: "nobody") == 403)
  }

  @Test func aTokenReviewTellsWhoseATokenIs() async throws {
    let test = try server()
    func review(_ token: String) async throws -> JSONValue? {
      try await test.send(
        "POST",
        "/apis/authentication.k8s.io/v1/tokenreviews",
        ["spec": ["token": .string(token)]]
      ).json()["status"]
    }
    #expect(try await review("viewer")?[path: "user", "username"] == "viewer")
    #expect(try await review("nobody's")?["error"] == "invalid bearer token")
  }

  @Test func authorizedAnswersNameTheirQueueAndAllNameTheirAudit() async throws {
    let test = try server()
    let answer = try await test.send("GET", "/api/v1/pods")
    #expect(answer.headers["X-Kubernetes-Pf-Flowschema-Uid"] != nil)
    #expect(answer.headers["Audit-Id"] != nil)
    let refused = try await test.send(APIRequest("GET", "/api/v1/pods"))
    #expect(refused.headers["X-Kubernetes-Pf-Flowschema-Uid"] == nil)
    #expect(refused.headers["Audit-Id"] != nil)
  }
}

@Suite(.enabled(if: KubectlTests.isInstalled, "kubectl is not at /usr/bin/kubectl"))
struct KubectlAccessTests {
  @Test func kubectlFindsOutWhatItMay() async throws {
    let running = try await RunningCluster()
    running.cluster.admit(AccessTests.viewer, token: "viewer-token")
    try running.cluster.kubeconfig(contextName: "viewer", token: "viewer-token")
      .write(to: running.folder.appending(path: "kubeconfig"), atomically: true, encoding: .utf8)
    #expect(try await running.kubectl("auth", "can-i", "list", "pods", "-A").output == "yes\n")
    #expect(
      try await running.kubectl("auth", "can-i", "delete", "pods", "-n", "shop").output == "no\n"
    )
    #expect(try await running.kubectl("auth", "can-i", "get", "/version").output == "yes\n")
    #expect(try await running.kubectl("auth", "can-i", "get", "/metrics").output == "no\n")
    #expect(try await running.kubectl("auth", "whoami").output.contains("viewer"))
    let list = try await running.kubectl("auth", "can-i", "--list", "-n", "shop")
    #expect(list.output.contains("[get list watch]"), "\(list.errors)")
    let refused = try await running.kubectl("get", "secrets", "-n", "shop")
    #expect(
      refused.errors == """
        Error from server (Forbidden): secrets is forbidden: User "viewer" cannot list resource \
        "secrets" in API group "" in the namespace "shop"

        """
    )
    try await running.end()
  }

  @Test func kubectlRunsTheExecPluginForATokenThatTheServerTakes() async throws {
    let running = try await RunningCluster()
    let plugin = running.folder.appending(path: "plugin")
    try running.cluster.pluginScript(for: AccessTests.viewer, tokenLifetime: 3600)
      .write(to: plugin, atomically: true, encoding: .utf8)
    try Executable.make(plugin.path)
    try running.cluster.kubeconfig(contextName: "exec", pluginPath: plugin.path)
      .write(to: running.folder.appending(path: "kubeconfig"), atomically: true, encoding: .utf8)
    let nodes = try await running.kubectl("get", "nodes", "--no-headers")
    #expect(nodes.output.split(separator: "\n").count == 6, "\(nodes.errors)")
    #expect(running.cluster.pluginRuns == 1)
    let direct = try await running.curl(ExecPlugin.path, "--request", "POST", token: "guessed")
    #expect(direct.output.contains("Unauthorized"))
    try await running.end()
  }
}
