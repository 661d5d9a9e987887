/// A thing that a run must be able to come by: a person's deed, a fault of the world.
///
/// Each is hit where it happens, not where it was planned; `duet-simulator coverage` counts them and
/// takes one that is never hit for a hole. Names without a row in `faults.tsv` are people's deeds.
package enum Probe: String, Sendable, Hashable, CaseIterable {
    // MARK: People
    case recordMade
    case fieldEdited
    case fieldCleared
    case valuePutBack
    /// Both sides' people wrote one field within a poll of each other.
    case bothSidesEdited

    case oddTextWritten
    case addressMoved
    case addressesSwapped
    case recordsImported

    // MARK: Wire
    case requestLost
    case replyLost
    /// A reply came after that of a request which left later.
    case repliesOvertook
    case requestDoubled
    /// A request arrived after its sender had given up.
    case requestLandedLate
    /// A request met a way that was cut.
    case crmUnreachable

    // MARK: HubSpot
    case hubspotTruncatedBody
    case hubspotLocked
    case hubspotTimeoutAfterCommit
    /// A search answered while its index did not know a change yet.
    case hubspotIndexLagged
    case hubspotRecordHidden
    case hubspotDayUsedUp
    /// Merged, archived or restored by people.
    case hubspotRecordLeft

    /// A proxy answered with a page and a status.
    case hubspotPage
    /// HubSpot failed in a way of its own: 500, 502, 503, 477, no reply, none that can be read.
    case hubspotFailed
    /// A reply of HubSpot's that took seconds or did not come in time.
    case hubspotSlow
    /// HubSpot refused for ten seconds what was not too much, or for a second because of others.
    case hubspotThrottled
    /// A batch that was not carried out was answered with neither results nor errors.
    case hubspotBatchEmpty
    /// An installed app's access token ended before its time.
    case hubspotTokenEnded

    // MARK: Salesforce
    case salesforceDroppedAfterCommit
    case salesforceDroppedBeforeCommit
    case salesforceRowLocked
    case salesforceSessionExpired
    case salesforceTruncatedBody
    case salesforceUnavailable
    /// A change that could be seen only after its stamp.
    case salesforceCommittedLate
    case salesforceRecordHidden
    case salesforceLimitExceeded
    /// Merged, deleted or restored by people.
    case salesforceRecordLeft

    case salesforcePage
    /// Salesforce failed in a way of its own: 500, no reply to a create, none that can be read.
    case salesforceFailed
    case salesforceSlow
    /// A refresh token that works once was sent again, because the reply to the first time was lost.
    case refreshTokenReplayed
    /// A query's pages had ended before all of them were read.
    case salesforceCursorEnded

    // MARK: Both CRMs
    case othersCalled
    case fieldBroken
    case workflowRewrote
    /// A flow of the org changed a value as it was saved.
    case flowRewrote
    /// A rule of an administrator refused a write.
    case ruleRefused
    case salesforceRightTaken
    case scopeTaken
    /// A version of an API was switched off and served again.
    case versionRetired
    /// Salesforce gave no token, or took none.
    case salesforceSignInRefused
    case hubspotTokenRevoked

    // MARK: Worlds
    case personMade
    case personEdited
    /// A contact became a person account.
    case personConverted
    case leadConverted
    case currencyGiven
    case currenciesChanged
    case segmentRead
    /// A lead came to a queue.
    case leadQueued
    /// A record of a custom object was made, edited, deleted or restored.
    case plantWorked
    /// A record of a custom object was tied to a contact or a lead, or parted from one.
    case plantTied
    /// A request of another app was carried out.
    case hubspotServedOthers
    case salesforceServedOthers

    // MARK: Feeds
    /// Who listens to the feeds was away for a while.
    case observerAway
    /// It lost its newest events and asked for them again.
    case observerWentBack
    /// A message between it and a CRM was lost.
    case feedMessageLost
    /// An id was too old to be asked for again.
    case replayRefused
    case streamClientForgotten
    case streamSessionEnded
    case gapTold
    case eventsOverflowed
    case salesforceEventsLost
    case webhooksRefused
    /// A delivery was tried again.
    case webhooksRepeated
    case journalOffsetRefused
    /// The signed address of a file had ended.
    case journalAddressEnded
    case journalTokenEnded
    case personForgotten

    // MARK: Clocks
    case clockJumped
    case stoodStill

    // MARK: Process
    case processKilled
    /// Killed with a request on its way.
    case killedInFlight
    /// Killed within three seconds of its start.
    case killedWhileStarting
    /// Dead for ten minutes or more.
    case deadForLong
    /// Died right before or after a store transaction or a request.
    case diedAtMoment
    /// The disk kept what was synced, and nothing else was there.
    case diskStopped

    // MARK: Disk
    /// A transaction that found no room.
    case diskFull
    case diskFailed
    case diskStalled
    case backupRestored

    // MARK: Engine
    /// A process whose own limits are tiny.
    case limitsNarrowed
    /// An edit fell between a guard read and its write.
    case editRaced
    case conflictRecorded
}
