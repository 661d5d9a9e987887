import SyncCore
import SyncRuntime
import Testing

/// Which of two failures is told; found by the simulator (`worlds` 177): HubSpot was away, and nobody heard
/// that Salesforce had let the integration in no longer.
struct BothOutcomesTests {
    private static func failure(_ side: Side, _ disposition: FailureDisposition) -> SyncError {
        SyncError(
            code: .unreachable,
            side: side,
            cause: "Something failed.",
            nextStep: "Look.",
            disposition: disposition
        )
    }

    private static let away = FailureDisposition.retry(afterMilliseconds: 5_000)

    @Test func `what both answered is added`() throws {
        let both = BothOutcomes(hubspot: .success(2), salesforce: .success(3))
        #expect(try both.total() == 5)
    }

    /// HubSpot's failure, Salesforce's, and whose is told; none for a side that succeeds.
    private static let cases: [(FailureDisposition?, FailureDisposition?, Side)] = [
        (Self.away, .stop, .salesforce),
        (.stop, Self.away, .hubspot),
        (.pausePair(milliseconds: 900_000), .refreshCredentials, .salesforce),
        (Self.away, Self.away, .hubspot),
        (.stop, .stop, .hubspot),
        (nil, Self.away, .salesforce),
        (Self.away, nil, .hubspot),
    ]

    @Test(arguments: Self.cases)
    func `what an operator must mend is told before what passes`(
        hubspot: FailureDisposition?,
        salesforce: FailureDisposition?,
        told: Side
    ) {
        func outcome(_ side: Side, _ failure: FailureDisposition?) -> Result<Int, SyncError> {
            failure.map { .failure(Self.failure(side, $0)) } ?? .success(1)
        }
        let both = BothOutcomes(
            hubspot: outcome(.hubspot, hubspot),
            salesforce: outcome(.salesforce, salesforce)
        )
        let error = #expect(throws: SyncError.self) { try both.total() }
        #expect(error?.side == told)
    }
}
