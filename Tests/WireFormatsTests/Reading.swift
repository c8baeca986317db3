import Testing
import WireFormats

/// As `#expect(actual == expected)`, which cannot hold an expression on a reader.
func check<Value: Equatable>(
  _ actual: Value,
  equals expected: Value,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual == expected, sourceLocation: sourceLocation)
}

/// Reads `text` with one call, and makes sure that nothing follows.
func read<Value>(
  _ text: String,
  _ body: (inout JSONReader) throws(WireError) -> Value
) throws(WireError) -> Value {
  try read(Array(text.utf8), body)
}

func read<Value>(
  _ bytes: [UInt8],
  _ body: (inout JSONReader) throws(WireError) -> Value
) throws(WireError) -> Value {
  var reader = JSONReader(bytes.span.bytes)
  let value = try body(&reader)
  try reader.end()
  return value
}

/// The error that `body` throws on `bytes`, nil if it reads them.
func failure<Value>(
  _ bytes: [UInt8],
  _ body: (inout JSONReader) throws(WireError) -> Value
) -> WireError? {
  do throws(WireError) {
    _ = try read(bytes, body)
    return nil
  } catch {
    return error
  }
}

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
