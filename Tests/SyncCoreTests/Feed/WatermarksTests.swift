import SyncCore
import Testing

struct WatermarksTests {
    private static func at(_ seconds: Int64) -> ServerTime {
        ServerTime(milliseconds: seconds * 1_000)
    }

    /// Both marks at 1,000 s, as a first start leaves them.
    private static func marks(_ side: Side) -> Watermarks {
        Watermarks(
            side: side,
            object: "contacts",
            startingAt: Self.at(1_000),
            settings: FeedSettings(side: side)
        )
    }

    private static func page(
        _ marks: inout Watermarks,
        _ stamps: [Int64],
        date: Int64,
        lastID: String? = "9",
        isLast: Bool = true
    ) {
        marks.read(
            stamps: stamps.map(Self.at),
            serverTime: Self.at(date),
            lastID: lastID,
            isLast: isLast
        )
    }

    @Test func `a confirm scan alone moves confirmed`() {
        var marks = Self.marks(.hubspot)
        #expect(marks.start(now: nil).kind == .confirm)
        Self.page(&marks, [1_500], date: 2_000)
        #expect(marks.mark.confirmed == Self.at(1_880))
        #expect(marks.mark.read == Self.at(1_880))
        #expect(marks.start(now: Self.at(2_100)).kind == .poll)
        Self.page(&marks, [2_090], date: 2_100)
        #expect(marks.mark.confirmed == Self.at(1_880))
        #expect(marks.mark.read == Self.at(2_090))
    }

    @Test func `a Salesforce commit may come ten minutes after its stamp`() {
        var marks = Self.marks(.salesforce)
        _ = marks.start(now: nil)
        Self.page(&marks, [4_999], date: 5_000)
        #expect(marks.mark.confirmed == Self.at(4_400))
        #expect(marks.mark.read == Self.at(4_999))
    }

    @Test(arguments: Side.allCases)
    func `a row that changed while its scan went on does not hide what was made meanwhile`(
        side: Side
    ) {
        var marks = Self.marks(side)
        _ = marks.start(now: nil)
        Self.page(&marks, [], date: 1_100)
        _ = marks.start(now: Self.at(1_120))
        Self.page(&marks, [1_110], date: 1_120, isLast: false)
        // Made at 1,122 s: in no page of this scan. The last page's row was changed at 1,124 s.
        Self.page(&marks, [1_124], date: 1_125)
        #expect(marks.mark.read == Self.at(1_120))
    }

    @Test(arguments: [(Side.hubspot, Int64(120)), (.salesforce, 600)])
    func `a confirm scan is due at every start and once per interval`(side: Side, interval: Int64) {
        var marks = Self.marks(side)
        #expect(marks.isConfirmDue(now: nil))
        _ = marks.start(now: nil)
        Self.page(&marks, [], date: 2_000)
        #expect(!marks.isConfirmDue(now: Self.at(2_000 + interval - 1)))
        #expect(marks.isConfirmDue(now: Self.at(2_000 + interval)))
        let restarted = Watermarks(mark: marks.mark, settings: FeedSettings(side: side))
        #expect(restarted.isConfirmDue(now: nil))
    }

    @Test func `marks never move backwards`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [500], date: 1_010)
        #expect(marks.mark.read == Self.at(1_000))
        #expect(marks.mark.confirmed == Self.at(1_000))
    }

    @Test func `a record stamped while HubSpot is scanned by id is seen by the next poll`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [1_900], date: 2_000, isLast: false)
        Self.page(&marks, [2_050], date: 2_060)
        #expect(marks.mark.read == Self.at(2_000))
    }

    @Test func `a crash continues the HubSpot scan after the last stored id`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [1_900], date: 2_000, lastID: "42", isLast: false)
        var after = Watermarks(mark: marks.mark, settings: FeedSettings(side: .hubspot))
        let start = after.start(now: nil)
        #expect(start.kind == .resumed)
        #expect(start.from == Self.at(1_000))
        #expect(start.afterID == "42")
        // A record before id 42 may have changed at 2,050: no mark may pass it.
        Self.page(&after, [2_100], date: 2_200)
        #expect(after.mark.read == Self.at(1_000))
        #expect(after.mark.confirmed == Self.at(1_000))
        #expect(after.mark.scanLastID == nil)
        #expect(after.start(now: Self.at(2_210)).kind == .confirm)
    }

    @Test func `a Salesforce scan keeps no place`() {
        var marks = Self.marks(.salesforce)
        _ = marks.start(now: nil)
        Self.page(&marks, [1_900], date: 2_000, isLast: false)
        #expect(marks.mark.scanLowerBound == nil)
        #expect(marks.mark.scanLastID == nil)
    }

    @Test func `a record touched every 20 s is still seen`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [], date: 1_010)
        var touched: Int64 = 1_005
        for poll in stride(from: Int64(1_020), through: 1_100, by: 20) {
            let start = marks.start(now: Self.at(poll))
            touched += 20
            // Without an upper bound the row matches whenever its stamp is at or after the start.
            #expect(start.from <= Self.at(touched))
            Self.page(&marks, [touched], date: poll)
        }
    }

    @Test func `an import of more than a page with one stamp is not read again by each poll`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [1_900, 1_900], date: 2_000, isLast: false)
        Self.page(&marks, [1_900], date: 2_001)
        #expect(
            marks.start(now: Self.at(2_002)).from == ServerTime(milliseconds: 1_900_001)
        )
    }

    @Test func `a stamp on one page is read inclusively`() {
        var marks = Self.marks(.hubspot)
        _ = marks.start(now: nil)
        Self.page(&marks, [1_900, 1_900], date: 2_000)
        #expect(marks.start(now: Self.at(2_002)).from == Self.at(1_900))
    }
}
