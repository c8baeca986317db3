import CloudEvents
import HTTP
import Testing
import WireFormats

/// Events as they are written and read.
@Suite struct EventFormatTests {
  private static func sample(_ data: CloudEvent.Payload? = .json(["name": "zürich", "n": 3]))
    -> CloudEvent
  {
    var event = CloudEvent(id: "a-1", source: "/clusters/prod", type: "io.kpatrol.test", data: data)
    event.subject = "Pod shop/\"zürich\" 100%"
    event.time = "2026-11-26T20:00:00Z"
    event.extensions = ["kind": "Pod"]
    return event
  }

  private static func read(_ message: EventMessage, limit: Int = 10) -> ReadEvents {
    ReadEvents(headers: message.headers, body: message.body, limit: limit)
  }

  @Test("What is written is read as it was", arguments: ContentMode.allCases)
  func roundTrip(mode: ContentMode) {
    let bytes = CloudEvent.Payload.bytes([0, 255, 10])
    var binary = Self.sample(bytes)
    binary.dataContentType = "application/octet-stream"
    for event in [Self.sample(), Self.sample(nil), binary] {
      let read = Self.read(EventMessage([event], as: mode))
      #expect(read.events == [event] && read.problem == nil, "\(mode)")
    }
  }

  @Test func headersHoldNothingButPlainCharacters() {
    let message = EventMessage([Self.sample()], as: .binary)
    #expect(
      message.headers["ce-subject"] == "Pod%20shop/%22z%C3%BCrich%22%20100%25"
    )
    #expect(message.headers["ce-specversion"] == "1.0")
    #expect(message.headers["content-type"] == "application/json")
  }

  @Test func aBatchKeepsWhatCanBeRead() {
    let good = Self.sample()
    var bad = good.json
    bad["id"] = nil
    let body = JSONValue.array([bad, good.json, "no event", good.json, good.json]).encoded()
    let headers: HTTPHeaders = ["content-type": "application/cloudevents-batch+json"]
    let read = ReadEvents(headers: headers, body: body, limit: 4)
    #expect(read.events == [good, good])
    #expect(read.badCount == 3)
    #expect(read.problem == EventProblem("an event without id"))
  }

  @Test(
    "What is no event is told, and nothing is made of it",
    arguments: [
      ("application/cloudevents+json", "{", "no valid JSON"),
      ("application/cloudevents+json", "[]", "an event that is no map"),
      ("application/cloudevents+json", #"{"specversion":"0.3"}"#, "version \"0.3\""),
      (
        "application/cloudevents+json", #"{"specversion":"1.0","id":7.5,"source":"a"}"#,
        "id is no text"
      ),
      (
        "application/cloudevents+json", #"{"specversion":"1.0","id":"a","source":"a","type":{}}"#,
        "type is no text"
      ),
      (
        "application/cloudevents+json",
        #"{"specversion":"1.0","id":"a","source":"a","type":"t","Über":"x"}"#, "named \"?ber\""
      ),
      (
        "application/cloudevents+json",
        #"{"specversion":"1.0","id":"a","source":"a","type":"t","data_base64":"%"}"#,
        "data_base64 that is none"
      ),
      ("application/cloudevents-batch+json", "{}", "a batch that is no list"),
      ("text/html\u{1B}[2J", "<p>", "\"text/html?[2j\", which is no event"),
    ]
  )
  func nonsense(contentType: String, body: String, problem: String) {
    var headers = HTTPHeaders()
    headers.add("Content-Type", contentType)
    let read = ReadEvents(headers: headers, body: Array(body.utf8), limit: 10)
    #expect(read.events.isEmpty && read.badCount == 1)
    #expect(read.problem?.description.contains(problem) == true, "\(read)")
  }

  @Test("Headers of binary mode may say anything", arguments: ["%", "%zz", "%4", "%FF%FE"])
  func hostileHeaders(value: String) {
    var message = EventMessage([Self.sample()], as: .binary)
    message.headers["ce-subject"] = value
    let read = Self.read(message)
    #expect(read.events.isEmpty && read.badCount == 1)
  }

  @Test func anAnswerWithoutABodyHoldsNothing() {
    #expect(ReadEvents(headers: [:], body: [], limit: 10) == ReadEvents())
    let html: HTTPHeaders = ["Content-Type": "text/html"]
    #expect(ReadEvents(headers: html, body: [], limit: 10) == ReadEvents())
  }
}
