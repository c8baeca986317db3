import Testing
import WireFormats

private enum Awkward: Int, WireField, CaseIterable {
  case `default` = 1
  case `in`, a, name, nodeName, namespace, creationTimestamp, deletionTimestamp
  case exactly8, sixteenLettersAB, sixteenLettersAC, seventeenLettersA
  case sameStartMiddleOneSameEnd, sameStartMiddleTwoSameEnd
  case status, phase, podIP, podIPs, hostIP, reason, message, items, kind, apiVersion, spec
  static let fieldNames = FieldNames<Self>()
}

private enum Two: Int, WireField, CaseIterable {
  case yes = 1
  case no
  static let fieldNames = FieldNames<Self>()
}

struct FieldNamesTests {
  @Test func everyCaseIsFoundByItsName() throws {
    for field in Awkward.allCases {
      let found = try read("{\"\(field)\":1}") { reader throws(WireError) in
        try reader.beginObject()
        let found = try reader.nextField(Awkward.self)
        _ = try reader.integer()
        check(try reader.nextField(Awkward.self), equals: nil)
        return found
      }
      #expect(found == field)
    }
  }

  @Test(
    "Names that only resemble a field are skipped",
    arguments: [
      "", "b", "A", "aa", "nam", "names", "nodename", "exactly", "exactly9", "exactly88",
      "sixteenLettersAD", "seventeenLettersB", "sameStartMiddleSixSameEnd",
      "sameStartMiddleOneSameEnds", "creationTimestamq", "namé", "\\u0000",
    ]
  )
  func skips(name: String) throws {
    let found = try read("{\"\(name)\":{\"name\":1}}") { reader throws(WireError) in
      try reader.beginObject()
      return try reader.nextField(Awkward.self)
    }
    #expect(found == nil)
  }

  @Test(
    "Escaped names match what they decode to",
    arguments: [#"n\u006fdeName"#, #"\u006eodeName"#, #"nodeNam\u0065"#]
  )
  func escaped(name: String) throws {
    let value = try read("{\"x\\u0041\":[],\"\(name)\":\"n1\"}") { reader throws(WireError) in
      try reader.beginObject()
      check(try reader.nextField(Awkward.self), equals: .nodeName)
      let value = try reader.string()
      check(try reader.nextField(Awkward.self), equals: nil)
      return value
    }
    #expect(value == "n1")
  }

  @Test func aNameInTheLastBytesOfTheInputIsFound() throws {
    let found = try read(#"{"no":1}"#) { reader throws(WireError) in
      try reader.beginObject()
      let found = try reader.nextField(Two.self)
      try reader.skip()
      check(try reader.nextField(Two.self), equals: nil)
      return found
    }
    #expect(found == .no)
  }
}
