package import SyncCore

/// One signed-in CRM as the runtime sees it: reads pages, writes batches, describes itself.
///
/// Every method makes as few calls as the vendor allows and hands each through the `CallGate`.
/// Nothing here decides about a record; failures come back as values with a disposition.
package protocol CRMConnection: Actor {
    nonisolated var side: Side { get }
    nonisolated var limits: ConnectionLimits { get }

    /// Which account the credentials belong to. Costs a call only where no token reply tells it.
    func account() async throws(SyncError) -> AccountIdentity

    /// The fields of these objects as the integration user sees them.
    func describe(_ objects: [String]) async throws(SyncError) -> [ObjectDescription]

    /// The objects that the account made itself, where their names alone do not tell.
    func customObjects() async throws(SyncError) -> [CustomObject]

    /// The kinds of ties between two of HubSpot's objects; none where the CRM has no ties.
    func tieKinds(from: String, to: String) async throws(SyncError) -> [TieKind]

    /// Everybody who owns or may own records, those who have left too.
    ///
    /// `withQueues`: Salesforce's queues as well, which cost a call more.
    func owners(withQueues: Bool) async throws(SyncError) -> [OwnerDescription]

    /// Reads one page of each scan; scans that can share a call do.
    func scan(_ scans: [FeedScan]) async throws(SyncError) -> [ScanPage]

    /// Reads records by id, at most `limits.readMax`, and tells deleted from invisible.
    func read(_ request: ReadRequest) async throws(SyncError) -> ReadReply

    /// Looks up records by their key field and their match fields, strongly consistently.
    func find(_ request: FindRequest) async throws(SyncError) -> [RecordPage]

    /// A page of the ids of an object's archived records; none where the CRM's changes show deletes.
    func archived(_ object: String, next: String?) async throws(SyncError) -> Paged<String>

    /// A page of a segment's members in the order in which they joined; `nil` where it is not there.
    func members(of list: String, next: String?) async throws(SyncError) -> Paged<SegmentMember>?

    /// The ties of records to others that are records of their own in Salesforce, by the record's id.
    ///
    /// One that is not in the answer has more than can be read.
    func related(_ request: RelationRequest) async throws(SyncError) -> RelationReply

    /// When each field got its present value, exactly; empty where the CRM cannot tell.
    func changeTimes(_ request: ReadRequest) async throws(SyncError) -> [String: [Int: ServerTime]]

    /// Sends one batch in one call; every write gets an outcome.
    func write(
        _ batch: [RecordWrite],
        priority: PriorityClass,
        hold: CallHold
    ) async -> WriteReply

    /// Waits until so many calls can be made one after the other without a further wait.
    func hold(calls: Int, priority: PriorityClass) async throws(SyncError) -> CallHold

    /// Gives back what is left of a hold.
    func release(_ hold: CallHold) async

    /// What the day's calls allow now.
    func budget() async -> BudgetOutlook

    /// When so many calls of a class will have been sent if nobody else spends anything.
    func forecast(_ use: BudgetUse) async -> BudgetForecast?
}
