import KubernetesObjects
import NameMatching
import YAMLReading

/// Reads what is said of events.
extension SettingsReader {
  mutating func readEvents(_ value: YAMLValue) {
    var events = EventSettings()
    let known = ConfigurationKey.names(under: "events")
    readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "sink":
        if case .url(let url)? = reader.location(value, "url") { events.sink = url }
      case "mode": events.mode = reader.mode(value) ?? events.mode
      case "batchSize": events.batchSize = reader.count(value, upTo: 1000) ?? events.batchSize
      case "concurrency": events.concurrency = reader.count(value, upTo: 64) ?? events.concurrency
      case "timeout": events.timeout = reader.positiveDuration(value) ?? events.timeout
      case "tokenFile", "tokenCommand": events.token = reader.token(field, value)
      case "tokenScheme": events.tokenScheme = reader.word(value) ?? events.tokenScheme
      case "certificateAuthority": events.certificateAuthority = reader.filePath(value)
      case "types": events.types = reader.patterns(value)
      case "fromTerminals":
        let flag = reader.read { () throws(YAMLProblem) in try value.boolean() }
        events.isFromTerminals = flag ?? false
      case "objects": events.objects = reader.objects(value)
      default: reader.readOutbox(value, into: &events)
      }
    }
    noteTwo("tokenFile", "tokenCommand", in: value)
    settings.events = events
  }

  private mutating func readOutbox(_ value: YAMLValue, into events: inout EventSettings) {
    let known = ConfigurationKey.names(under: "events.outbox")
    readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "maxEvents":
        events.maxEvents = reader.count(value, upTo: 10_000_000) ?? events.maxEvents
      default: events.maxMegabytes = reader.count(value, upTo: 65_536) ?? events.maxMegabytes
      }
    }
  }

  private mutating func objects(_ value: YAMLValue) -> [RemoteCheckSettings] {
    var names = Set(settings.remoteChecks.map(\.name))
    return elements(value).compactMap { element in
      let check = remoteCheck(element, under: "events.objects[]", wants: ["name", "kinds"], &names)
      if check != nil { notePlace(of: element) }
      return check
    }
  }
}

extension SettingsText {
  var events: [String] {
    let events = file.settings.events
    let sink = events.sink.map { " " + QuotedText.quoted($0) } ?? ""
    var lines = ["events:", "  sink:\(sink)" + origin("events.sink")]
    lines.append("  mode: \(events.mode.rawValue)" + origin("events.mode"))
    lines.append("  batchSize: \(events.batchSize)" + origin("events.batchSize"))
    lines.append("  concurrency: \(events.concurrency)" + origin("events.concurrency"))
    lines.append("  timeout: \(DurationText.text(events.timeout))" + origin("events.timeout"))
    let signIn = Self.signIn(
      events.token,
      scheme: events.tokenScheme,
      authority: events.certificateAuthority
    )
    lines += signIn.map { key, value in "  \(key): \(value)" + origin("events.\(key)") }
    lines.append("  types: \(Self.list(events.types))" + origin("events.types"))
    lines.append("  fromTerminals: \(events.isFromTerminals)" + origin("events.fromTerminals"))
    lines.append(
      "  objects:" + (events.objects.isEmpty ? " []" : "") + origin("events.objects")
    )
    lines += events.objects.flatMap { object in
      RemoteCheckText.objectLines(object).map { "  " + $0 }
    }
    lines.append("  outbox:")
    lines.append("    maxEvents: \(events.maxEvents)" + origin("events.outbox.maxEvents"))
    lines.append("    maxMegabytes: \(events.maxMegabytes)" + origin("events.outbox.maxMegabytes"))
    return lines
  }
}
