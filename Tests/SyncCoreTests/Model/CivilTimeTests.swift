import SyncCore
import Testing

struct CivilTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_795_345_530_123, "2026-11-22T11:05:30.123Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
        (-62_198_755_200_001, "-0002-12-31T23:59:59.999Z"),
    ]) func `a time is told in UTC`(milliseconds: Int64, text: String) {
        #expect(CivilTime.text(milliseconds) == text)
    }

    @Test func `what is told is read as the same time`() {
        for time in stride(
            from: Int64(-62_135_596_800_000),
            to: 253_402_300_800_000,
            by: 86_399_998_765
        ) {
            #expect(CivilTime.milliseconds(CivilTime.text(time)) == time)
        }
    }
}
