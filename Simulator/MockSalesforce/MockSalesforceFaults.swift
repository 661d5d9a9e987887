/// Standing faults; every count is of REST requests, and `nil` means never.
package struct MockSalesforceFaults: Sendable, Hashable, Codable {
    package var dropAfterCommitEveryNthWrite: Int?
    package var dropAfterCommitEveryNthCreate: Int?
    package var dropBeforeCommitEveryNthWrite: Int?
    package var unavailableEveryNth: Int?
    package var serverErrorEveryNth: Int?
    /// Counts rows that are written, not requests.
    package var lockedRowEveryNth: Int?
    package var requestLimitEveryNth: Int?
    package var expiredSessionEveryNth: Int?
    package var malformedBodyEveryNth: Int?
    package var truncatedBodyEveryNth: Int?
    /// Records that another transaction holds: writes to them fail with `UNABLE_TO_LOCK_ROW`.
    package var lockedRecordIDs: Set<String> = []
    /// Versions that are served no longer, such as `62.0`: every request of theirs gets a 410.
    package var retiredVersions: Set<String> = []
    /// Every request for a token is refused so, whoever asks.
    package var signInRefusal: MockSalesforceSignInRefusal?
    /// The status with which every request is refused because the user's password has expired; `nil`
    /// where it has not.
    ///
    /// Sign-ins still give tokens; 403 and 401 have both been reported.
    package var expiredPasswordStatus: Int?
    /// How long a server layer should wait before it answers, in milliseconds.
    package var latencyMilliseconds: Int64 = 0
    /// Faults of the coming REST requests, one each, taken from the front.
    package var coming: [MockSalesforceFault] = []

    package init() {}
}
