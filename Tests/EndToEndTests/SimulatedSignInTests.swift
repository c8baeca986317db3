import Foundation
import TestServers
import Testing

/// `kpatrol sim` whose tokens expire, with `kpatrol scan` in front of it.
@Suite(.fewAtOnce, .timeLimit(.minutes(10)))
struct SimulatedSignInTests {
  private let program: Program
  private let path: String

  init() throws {
    program = try Program()
    path = program.path(of: "sim.yaml")
  }

  @Test func aPluginFetchesTheTokens() async throws {
    let isUp = try await program.start(
      "sim",
      "--scenario",
      "healthy",
      "--write-kubeconfig",
      path,
      "--exec-plugin",
      "--token-lifetime",
      "60",
      "--user",
      "viewer=list,watch:pods",
      untilItPrints: "Ctrl-C ends it."
    )
    #expect(isUp)
    for name in [path, "\(path)-viewer"] {
      #expect(try String(contentsOfFile: name, encoding: .utf8).contains("\(name)-plugin\""))
      let mode = try FileManager.default.attributesOfItem(atPath: "\(name)-plugin")
      #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    }
    let scan = try await program.run("scan", "--kubeconfig", path, "--check", "conflict/*")
    #expect(scan.code == 0, "\(scan.errors)")
    #expect(scan.text.contains("Cluster sim: "))
  }

  @Test func aTokenThatNobodyRenewsExpires() async throws {
    let isUp = try await program.start(
      "sim",
      "--scenario",
      "empty",
      "--write-kubeconfig",
      path,
      "--token-lifetime",
      "1",
      untilItPrints: "Ctrl-C ends it."
    )
    #expect(isUp)
    var scan = try await program.run("scan", "--kubeconfig", path)
    // The first one may be quicker than the token's end.
    while scan.code != 3 { scan = try await program.run("scan", "--kubeconfig", path) }
    #expect(scan.text.contains("does not accept the credentials"))
  }

  @Test func whatSignsInNeedsAKubeconfig() async throws {
    let outcome = try await program.run("sim", "--exec-plugin")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("--exec-plugin and --write-config need --write-kubeconfig."))
  }

  @Test func theKeysOfTLSAreWrittenOnlyWhereTheUserNamesAFile() async throws {
    let isUp = try await program.start(
      "sim",
      "--scenario",
      "empty",
      "--write-kubeconfig",
      path,
      untilItPrints: "Ctrl-C ends it."
    )
    #expect(isUp)
    let before = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    let plain = try await program.run("scan", "--kubeconfig", path, "--check", "conflict/*")
    #expect(plain.code == 0, "\(plain.errors)")
    let after = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(Set(before) == Set(after))
    let keys = program.path(of: "keys")
    _ = try await program.run(
      "scan",
      "--kubeconfig",
      path,
      "--check",
      "conflict/*",
      environment: ["SSLKEYLOGFILE": keys]
    )
    #expect(try String(contentsOfFile: keys, encoding: .utf8).contains("TRAFFIC_SECRET"))
  }
}
