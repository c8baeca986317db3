import Foundation
import TestServers
import Testing
import WireFormats

@testable import SimulatedCluster

/// A program that a test runs to its end, or stops.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// Runs a program without blocking the threads that the server under test needs.
  static func run(
    _ path: String,
    _ arguments: [String],
    environment: [String: String] = [:]
  ) async throws -> Command {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    async let outputText = read(output)
    async let errorText = read(errors)
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
      }
    }
    return Command(
      status: process.terminationStatus,
      output: await outputText,
      errors: await errorText
    )
  }

  private static func read(_ pipe: Pipe) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
    }
  }
}

/// A running simulated cluster and the files that clients need.
struct RunningCluster {
  let cluster: SimulatedCluster
  let folder: URL

  init(_ scenario: ScenarioID = .healthy, runsControllers: Bool = false) async throws {
    cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: scenario, runsControllers: runsControllers)
    )
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try cluster.certificateAuthorityPEM
      .write(to: folder.appending(path: "ca.pem"), atomically: true, encoding: .utf8)
    try cluster.kubeconfig(contextName: "simulated")
      .write(to: folder.appending(path: "kubeconfig"), atomically: true, encoding: .utf8)
  }

  func end() async throws {
    await cluster.stop()
    try FileManager.default.removeItem(at: folder)
  }

  func curl(_ path: String, _ options: String..., token: String? = nil) async throws -> Command {
    try await curl(path, arguments: options, token: token)
  }

  func curl(
    _ path: String,
    arguments options: [String],
    token: String? = nil
  ) async throws -> Command {
    try await Command.run(
      "/usr/bin/curl",
      [
        "--silent", "--show-error", "--max-time", "20", "--cacert",
        folder.appending(path: "ca.pem").path, "--header",
        "Authorization: Bearer \(token ?? cluster.token)",
      ] + options + [cluster.url + path]
    )
  }

  func kubectl(_ arguments: String...) async throws -> Command {
    try await kubectl(arguments)
  }

  func kubectl(_ arguments: [String]) async throws -> Command {
    try await Command.run("/usr/bin/kubectl", arguments, environment: kubectlEnvironment)
  }

  /// Runs a kubectl that would not end by itself, such as a watch.
  func kubectlForSeconds(_ seconds: Int, _ arguments: String...) async throws -> Command {
    try await kubectlForSeconds(seconds, arguments)
  }

  func kubectlForSeconds(_ seconds: Int, _ arguments: [String]) async throws -> Command {
    try await Command.run(
      "/usr/bin/timeout",
      [String(seconds), "/usr/bin/kubectl"] + arguments,
      environment: kubectlEnvironment
    )
  }

  private var kubectlEnvironment: [String: String] {
    ["KUBECONFIG": folder.appending(path: "kubeconfig").path, "HOME": folder.path]
  }

  func waitForWatch() async throws {
    for _ in 0..<500 where cluster.openWatches == 0 {
      try await Task.sleep(for: .milliseconds(20))
    }
    try #require(cluster.openWatches > 0)
  }
}

@Suite(.fewAtOnce) struct ServingTests {
  @Test("Both versions of HTTP are spoken over TLS", arguments: ["--http1.1", "--http2"])
  func protocols(option: String) async throws {
    let running = try await RunningCluster()
    let answer = try await running.curl(
      "/api/v1/nodes",
      option,
      "--write-out",
      "\n%{http_version} %{http_code}"
    )
    #expect(answer.status == 0)
    #expect(answer.output.hasSuffix(option == "--http2" ? "\n2 200" : "\n1.1 200"))
    #expect(answer.output.contains("\"name\":\"node-6\""))
    try await running.end()
  }

  @Test func aWrongTokenIsRefused() async throws {
    let running = try await RunningCluster(.empty)
    let answer = try await running.curl("/api", "--write-out", "%{http_code}", token: "wrong")
    #expect(answer.output.hasSuffix("401"))
    try await running.end()
  }

  @Test func aWatchEndsCleanlyAtItsTimeout() async throws {
    let running = try await RunningCluster(.empty)
    let answer = try await running.curl("/api/v1/namespaces?watch=true&timeoutSeconds=1")
    #expect(answer.status == 0)
    #expect(answer.output.split(separator: "\n").count == 4)
    try await running.end()
  }

  @Test(
    "A watch can break in the middle of an object",
    arguments: ["--http1.1", "--http2"]
  )
  func brokenWatch(option: String) async throws {
    let running = try await RunningCluster(.empty)
    async let watch = running.curl("/api/v1/namespaces?watch=true", option)
    try await running.waitForWatch()
    running.cluster.breakWatches()
    let answer = try await watch
    #expect(answer.status != 0)
    #expect(answer.output.split(separator: "\n").last?.hasSuffix("\"metadata\":{\"na") == true)
    try await running.end()
  }

  @Test func itListensAgainOnTheSamePortWithTheSameTruth() async throws {
    let running = try await RunningCluster(.empty)
    let cluster = running.cluster
    try cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "kept"]]
    )
    let version = cluster.resourceVersion
    async let watch = running.curl("/api/v1/namespaces?watch=true")
    try await running.waitForWatch()
    await cluster.stopListening()
    _ = try await watch
    #expect(try await running.curl("/api/v1/namespaces").status == 7)
    try await cluster.listenAgain()
    let answer = try await running.curl("/api/v1/namespaces/kept")
    #expect(answer.status == 0)
    #expect(answer.output.contains("\"name\":\"kept\""))
    #expect(cluster.resourceVersion == version)
    try await running.end()
  }

  @Test func aClientThatLeavesTakesItsWatchAlong() async throws {
    let running = try await RunningCluster(.empty)
    _ = try await running.curl("/api/v1/pods?watch=true", "--max-time", "1")
    for _ in 0..<200 where running.cluster.openWatches > 0 {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(running.cluster.openWatches == 0)
    try await running.end()
  }

  @Test func aTakenPortIsReported() async throws {
    let running = try await RunningCluster(.empty)
    let port = try #require(running.cluster.url.split(separator: ":").last.flatMap { Int($0) })
    await #expect(throws: (any Error).self) {
      try await SimulatedCluster.start(SimulationOptions(port: port, scenario: .empty))
    }
    try await running.end()
  }

  @Test func theTruthCanBeChangedDirectly() async throws {
    let running = try await RunningCluster(.empty)
    let cluster = running.cluster
    var node = Sample.node("node-1", number: 1)
    #expect(try cluster.create(node)[path: "metadata", "uid"] != nil)
    #expect(throws: SimulationError.self) { try cluster.create(node) }
    node[path: "spec", "unschedulable"] = true
    try cluster.apply(node)
    #expect(cluster.object(of: "nodes", name: "node-1")?[path: "spec", "unschedulable"] == true)
    #expect(cluster.objects(of: "nodes").count == 1)
    #expect(cluster.remove("nodes", name: "node-1"))
    #expect(!cluster.remove("nodes", name: "node-1"))
    #expect(cluster.objects(of: "nothings").isEmpty)
    #expect(throws: SimulationError.unknownKind("Nothing of v1")) {
      try cluster.create(["apiVersion": "v1", "kind": "Nothing"])
    }
    #expect("\(SimulationError.unknownKind("X of v1"))".hasSuffix("first."))
    try await running.end()
  }

  @Test func requestsAreLogged() async throws {
    let running = try await RunningCluster(.empty)
    _ = try await running.curl(
      "/api/v1/namespaces?dryRun=All",
      "--json",
      "{\"metadata\":{\"name\":\"x\"}}",
      "--user-agent",
      "tester"
    )
    let entry = try #require(running.cluster.requestLog.last)
    #expect(entry.method == "POST")
    #expect(entry.path == "/api/v1/namespaces")
    #expect(entry.query == "dryRun=All")
    #expect(entry.userAgent == "tester")
    #expect(entry.json?[path: "metadata", "name"] == "x")
    running.cluster.clearRequestLog()
    #expect(running.cluster.requestLog.isEmpty)
    try await running.end()
  }
}

@Suite(.fewAtOnce) struct KubectlTests {
  static let isInstalled: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/kubectl")
    if !isThere { print("kubectl is not installed: the tests with it are skipped.") }
    return isThere
  }()

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlWorksOnIt() async throws {
    let running = try await RunningCluster(runsControllers: true)
    let nodes = try await running.kubectl("get", "nodes", "--no-headers")
    #expect(nodes.status == 0, "\(nodes.errors)")
    #expect(nodes.output.split(separator: "\n").count == 6)
    let pods = try await running.kubectl(
      "get",
      "pods",
      "-n",
      "payments",
      "-l",
      "app=ledger",
      "-o",
      "name"
    )
    let pod = try #require(pods.output.split(separator: "\n").first.map(String.init))
    let described = try await running.kubectl("describe", "-n", "payments", pod)
    #expect(described.output.contains("Controlled By:  ReplicaSet/ledger-"))
    let sorted = try await running.kubectl(
      "get",
      "pods",
      "-n",
      "payments",
      "--no-headers",
      "--sort-by=.spec.nodeName"
    )
    #expect(sorted.output.split(separator: "\n").count > 3, "\(sorted.errors)")
    async let watched = running.kubectlForSeconds(
      10,
      "get",
      "pods",
      "-n",
      "payments",
      "--watch",
      "-o",
      "name"
    )
    try await running.waitForWatch()
    let deleted = try await running.kubectl("delete", "-n", "payments", pod)
    #expect(deleted.status == 0, "\(deleted.errors)")
    // Once in the list, then at least when it begins to go and when it is gone.
    let mentions = try await watched.output.split(separator: "\n").count { $0 == pod }
    #expect(mentions >= 3)
    let patched = try await running.kubectl(
      "patch",
      "node",
      "node-1",
      "--patch",
      "{\"spec\":{\"unschedulable\":true}}"
    )
    #expect(patched.output == "node/node-1 patched\n")
    #expect(try await running.kubectl("uncordon", "node-1").output == "node/node-1 uncordoned\n")
    let resources = try await running.kubectl(
      "api-resources",
      "--api-group",
      "example.com",
      "-o",
      "name"
    )
    #expect(resources.output == "backups.example.com\ncampaigns.example.com\n")
    try await running.end()
  }

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlCreatesAndApplies() async throws {
    let running = try await RunningCluster()
    let file = running.folder.appending(path: "config.json")
    func write(_ value: JSONValue) throws {
      var object = Sample.configMap("settings", ["a": value])
      object[path: "metadata", "namespace"] = "shop"
      try Data(object.encoded()).write(to: file)
    }
    try write("1")
    #expect(
      try await running.kubectl("create", "--save-config", "-f", file.path).output
        == "configmap/settings created\n"
    )
    try write("2")
    #expect(
      try await running.kubectl("apply", "-f", file.path).output
        == "configmap/settings configured\n"
    )
    let value = try await running.kubectl(
      "get",
      "configmap",
      "settings",
      "-n",
      "shop",
      "-o",
      "jsonpath={.data.a}"
    )
    #expect(value.output == "2")
    #expect(try await running.kubectl("delete", "-f", file.path).status == 0)
    #expect(try await running.kubectl("get", "configmap", "settings", "-n", "shop").status == 1)
    try await running.end()
  }

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlReadsLogs() async throws {
    let running = try await RunningCluster(runsControllers: true)
    let logs = ["logs", "-n", "payments", "deploy/ledger"]
    let tail = try await running.kubectl(logs + ["--tail", "2"])
    #expect(tail.output.split(separator: "\n").count == 2, "\(tail.errors)")
    let whole = try await running.kubectl(logs)
    #expect(whole.output.split(separator: "\n").count > 1_000)
    let stamped = try await running.kubectl(logs + ["--since", "1h", "--timestamps"])
    let lines = stamped.output.split(separator: "\n")
    #expect(lines.count > 10 && lines.count < whole.output.split(separator: "\n").count)
    #expect(lines.allSatisfy { $0.wholeMatch(of: /\d{4}-\S+Z level=.+/) != nil })
    let followed = try await running.kubectlForSeconds(4, logs + ["--follow", "--tail", "1"])
    #expect(!followed.output.isEmpty, "\(followed.errors)")
    let previous = try await running.kubectl(logs + ["--previous"])
    #expect(previous.status == 1)
    #expect(previous.errors.contains("previous terminated container \"main\""))
    let wrong = try await running.kubectl(logs + ["-c", "none"])
    #expect(wrong.errors.contains("container none is not valid for pod ledger-"))
    try await running.end()
  }

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlReadsEventsOfBothGroups() async throws {
    let running = try await RunningCluster()
    let event: JSONValue = [
      "apiVersion": "v1", "kind": "Event", "metadata": ["name": "e", "namespace": "shop"],
      "involvedObject": [
        "kind": "Pod", "namespace": "shop", "name": "cart", "apiVersion": "v1",
      ],
      "reason": "BackOff", "message": "Back-off", "type": "Warning", "count": 3,
      "firstTimestamp": "2026-11-23T09:00:00Z", "lastTimestamp": "2026-11-23T10:00:00Z",
    ]
    try running.cluster.create(event)
    for resource in ["events", "events.events.k8s.io"] {
      let listed = try await running.kubectl(["get", resource, "-n", "shop", "--no-headers"])
      #expect(
        listed.output.split(separator: " ").dropFirst()
          == ["Warning", "BackOff", "pod/cart", "Back-off\n"],
        "\(listed.errors)"
      )
    }
    let events = try await running.kubectl(["events", "-n", "shop", "--for", "pod/cart"])
    #expect(events.output.contains("BackOff"), "\(events.errors)")
    let path = "jsonpath={.regarding.name} {.note}"
    let own = try await running.kubectl([
      "get", "events.events.k8s.io", "e", "-n", "shop", "-o", path,
    ])
    #expect(own.output == "cart Back-off", "\(own.errors)")
    try await running.end()
  }

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlExplains() async throws {
    let running = try await RunningCluster()
    let strategy = try await running.kubectl("explain", "deployments.spec.strategy")
    #expect(strategy.output.contains("rollingUpdate\t<RollingUpdateDeployment>"))
    #expect(strategy.output.contains("GROUP:      apps\nKIND:       Deployment"))
    let event = try await running.kubectl([
      "explain", "event.regarding", "--api-version", "events.k8s.io/v1",
    ])
    #expect(event.output.contains("FIELD: regarding <ObjectReference>"), "\(event.errors)")
    let custom = try await running.kubectl("explain", "backups")
    #expect(custom.output.contains("KIND:       Backup"), "\(custom.errors)")
    try await running.end()
  }

  @Test(.enabled(if: isInstalled, "kubectl is not at /usr/bin/kubectl"))
  func kubectlUndoesARollout() async throws {
    let running = try await RunningCluster(runsControllers: true)
    let deployment = ["-n", "shop", "deploy/reviews"]
    func isRolledOut() async throws -> Bool {
      try await running.kubectl(["rollout", "status", "--timeout", "60s"] + deployment).status == 0
    }
    let template = ["get", "-o", "jsonpath={.spec.template.spec.containers[0].image}"] + deployment
    let image = try await running.kubectl(template).output
    let changed = try await running.kubectl(["set", "image"] + deployment + ["main=other:2"])
    #expect(changed.status == 0, "\(changed.errors)")
    #expect(try await isRolledOut())
    let undone = try await running.kubectl(["rollout", "undo"] + deployment)
    #expect(undone.output == "deployment.apps/reviews rolled back\n", "\(undone.errors)")
    #expect(try await running.kubectl(template).output == image)
    #expect(try await isRolledOut())
    let history = try await running.kubectl(["rollout", "history"] + deployment)
    let revisions = history.output.split(separator: "\n").compactMap { $0.first?.wholeNumberValue }
    #expect(revisions == [2, 3])
    try await running.end()
  }
}
