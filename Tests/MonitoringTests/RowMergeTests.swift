import ClusterGraph
import KubernetesObjects
import Testing

@testable import Monitoring

@Suite struct RowMergeTests {
  private struct Row {
    let place: RowPlace
    let list: Int
  }

  @Test("A window of several lists is that of all their rows in one order", arguments: 1...40)
  func finds(seed: Int) {
    var random = SystemRandomNumberGenerator()
    let query = RowQuery(Pod.kind, order: seed.isMultiple(of: 2) ? .namespace : .age)
    let lists = (0..<Int.random(in: 2...6, using: &random)).map { list in
      (0..<Int.random(in: 0...3000, using: &random)).map { _ in
        Row(
          place: RowPlace(
            namespace: "n\(Int.random(in: 0..<3, using: &random))",
            name: "p\(Int.random(in: 0..<800, using: &random))",
            number: query.order == .age ? .random(in: 0..<9, using: &random) : nil
          ),
          list: list
        )
      }.sorted { $0.place.precedes($1.place, in: query) }
    }
    let all = lists.joined().sorted {
      RowMerge.precedes(($0.place, $0.list), ($1.place, $1.list), in: query)
    }
    for offset in [0, all.count / 3, max(0, all.count - 40)] {
      var merge = RowMerge(query, counts: lists.map(\.count), offset: offset)
      var asked = 0
      while !merge.isNarrow {
        merge.take(
          lists.indices.map { list in
            merge.positions(ofList: list).map { position in
              asked += 1
              return RowMerge.Sample(place: lists[list][position].place, position: position)
            }
          }
        )
      }
      let rows = lists.indices.flatMap { list in
        lists[list].dropFirst(merge.low[list]).prefix(merge.high[list] - merge.low[list] + 40)
      }.sorted { RowMerge.precedes(($0.place, $0.list), ($1.place, $1.list), in: query) }
      let window = rows.dropFirst(offset - merge.low.reduce(0, +)).prefix(40)
      #expect(window.map(\.place) == all.dropFirst(offset).prefix(40).map(\.place))
      #expect(window.map(\.list) == all.dropFirst(offset).prefix(40).map(\.list))
      #expect(zip(merge.low, merge.high).reduce(0) { $0 + $1.1 - $1.0 } <= 256)
      #expect(asked <= 1600)
    }
  }
}

extension RowMergeTests {
  @Test("A few hundred of a million rows are looked at", arguments: [0, 499_999, 999_000])
  func samples(offset: Int) {
    let query = RowQuery(Pod.kind, order: .age)
    let size = 100_000
    var merge = RowMerge(query, counts: Array(repeating: size, count: 10), offset: offset)
    var asked = 0
    var rounds = 0
    while !merge.isNarrow {
      rounds += 1
      merge.take(
        (0..<10).map { list in
          merge.positions(ofList: list).map { position in
            asked += 1
            let number = Int64(position * 10 + list)
            return .init(
              place: RowPlace(namespace: "", name: "", number: number),
              position: position
            )
          }
        }
      )
    }
    #expect(merge.low.reduce(0, +) <= offset && offset <= merge.high.reduce(0, +))
    #expect(asked <= 2400 && rounds <= 6)
  }
}

@Suite struct CellRankTests {
  @Test(
    "Cells are in the order of what they say",
    arguments: [
      ["5s", "2m", "119m", "2h5m", "3d"], ["9", "10", "100"], ["500Mi", "1Gi", "2Gi"],
      ["250m", "1", "1500m"], ["Completed", "Pending", "Running"], ["1/2", "2/2", "10/10"],
      ["web-2", "web-10"], ["0", "1 (5m ago)", "12 (3h ago)"], ["v1.9.0", "v1.36.2"],
    ]
  )
  func order(texts: [String]) throws {
    let shuffled = texts.shuffled()
    let ranks = CellRanks.ranks(of: shuffled)
    let sorted = try zip(shuffled, ranks).map { ($0, try #require($1)) }
      .sorted { $0.1 < $1.1 }.map(\.0)
    #expect(sorted == texts)
  }

  @Test func equalCellsHaveOneRankAndEmptyOnesNone() {
    #expect(CellRanks.ranks(of: ["b", "<none>", "a", "b", ""]) == [1, nil, 0, 1, nil])
  }
}
