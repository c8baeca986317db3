import Inspection
import Monitoring
import TestServers
import Testing

@testable import Agent

/// What requests ask for, and who may ask.
@Suite struct AgentRequestTests {
  @Test func parametersNarrowTheList() throws {
    let request = try FindingsRequest([
      ("severity", "critical"), ("namespace", "shop"), ("filter", "!name:pod-2"),
    ])
    #expect(!request.isWatch && request.since == nil && !request.wantsBookmarks)
    #expect(KnownFinding.sample(1, severity: .critical).matches(request.filter))
    #expect(!KnownFinding.sample(2, severity: .critical).matches(request.filter))
    #expect(!KnownFinding.sample(1, severity: .info).matches(request.filter))
  }

  @Test func aWatchIsAskedForAsTheKubernetesAPIHasIt() throws {
    let request = try FindingsRequest([
      ("watch", "1"), ("resourceVersion", "abc-7"), ("allowWatchBookmarks", "true"),
      ("timeoutSeconds", "30"),
    ])
    #expect(request.isWatch && request.wantsBookmarks && request.timeout == .seconds(30))
    #expect(request.since?.description == "abc-7")
  }

  @Test(arguments: [
    ("watch", "perhaps", "watch must be true or false: perhaps."),
    ("resourceVersion", "7", "resourceVersion must be one that this API gave: 7."),
    ("timeoutSeconds", "0", "timeoutSeconds must be a number from 1 to 86400: 0."),
  ])
  func whatCannotBeIsTold(name: String, value: String, message: String) throws {
    let error = try #require(throws: FindingsRequest.Mistake.self) {
      try FindingsRequest([(name, value)])
    }
    #expect(error.message == message)
  }

  @Test func whatIsNoParameterIsToldWithThoseThatThereAre() throws {
    let error = try #require(throws: FindingsRequest.Mistake.self) {
      try FindingsRequest([("sevrity", "critical")])
    }
    #expect(error.message.hasPrefix("There is no parameter sevrity; there are: cluster, "))
  }

  @Test func tokensAreKnownByWholeLines() throws {
    let folder = try TemporaryFolder()
    let text = "# for the terminals\n0123456789abcdef,ann\nfedcba9876543210,bob,1\n"
    let path = try folder.write("tokens", text)
    let tokens = try AccessTokens(file: path)
    func verdict(_ authorization: String?) -> RequestVerdict {
      tokens.verdict(
        on: RequestQuestion(authorization: authorization, verb: "get", path: "/metrics")
      )
    }
    #expect(verdict("Bearer 0123456789abcdef") == .allowed(user: "ann"))
    #expect(verdict("bearer fedcba9876543210") == .allowed(user: "bob"))
    for wrong in [nil, "", "Bearer ", "Bearer 0123456789abcde", "Basic 0123456789abcdef"] {
      #expect(verdict(wrong) == .unknown)
    }
  }

  @Test(arguments: [
    ("short,ann", ":1: it must be token,user, with at least 16 characters of token."),
    ("0123456789abcdef", ":1: it must be token,user, with at least 16 characters of token."),
    ("# none", " has no token."),
  ])
  func filesWithoutTokensAreTold(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("tokens", text)
    let error = try #require(throws: AccessTokens.Mistake.self) { try AccessTokens(file: path) }
    #expect(error.description == path + message)
  }

  @Test(arguments: ["0.0.0.0:8481", "[::]:8481", "192.0.2.1:0"])
  func otherMachinesNeedTLS(address: String) throws {
    let error = try #require(throws: AgentListener.Mistake.self) {
      try AgentListener(address, certificateFile: nil, keyFile: nil, authority: nil)
    }
    #expect(error.description.contains("--tls-certificate and --tls-key are needed"))
  }

  @Test(arguments: ["127.0.0.1:8481", "[::1]:0", "localhost:1"])
  func thisMachineNeedsNone(address: String) throws {
    _ = try AgentListener(address, certificateFile: nil, keyFile: nil, authority: nil)
  }

  @Test(arguments: ["8481", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
  func whatIsNoAddressIsTold(address: String) throws {
    let error = try #require(throws: AgentListener.Mistake.self) {
      try AgentListener(address, certificateFile: nil, keyFile: nil, authority: nil)
    }
    #expect(error.description == "\(address) is no address: it must be HOST:PORT.")
  }
}
