import SyncCore

/// The window in which a write may overwrite what a person did (architecture 5.7).
extension Evidence {
    /// The oldest a guard read may be when its write leaves, in milliseconds.
    static let guardAge: Int64 = 5_000

    /// Whether an edit fell between the guard read and the commit of the write that came over it.
    ///
    /// With `guard: strict` Salesforce refuses such a write, so that there is no excuse.
    func isRaced(_ edit: Change, by write: Change) -> Bool {
        if edit.side == .salesforce, self.profile.isGuardStrict == true { return false }
        // Salesforce shows no one a change before its transaction ends; HubSpot does by id.
        let hidden = edit.side == .salesforce ? self.profile.commitDelay : 0
        let allowed =
            Self.guardAge + self.travelMax + hidden
            + self.slowness(of: edit.side, between: edit.at, and: write.at)
        return self.age(of: edit, at: write) <= allowed
    }

    /// How much longer a reply may have taken that was on its way between two times, in milliseconds: an
    /// edit may have come after the CRM had read and before its slow reply was there.
    func slowness(of side: Side, between first: Int64, and last: Int64) -> Int64 {
        self.slow.filter { span in
            span.side == side && span.from <= last && span.to ?? .max >= first - span.milliseconds
        }.map { min($0.milliseconds, WireFate.silenceMax) }.max() ?? 0
    }

    /// Whether an edit in HubSpot met its equal while an older change in Salesforce was not committed.
    ///
    /// Both sides were in step as far as anybody was shown, and the older change showed afterwards as
    /// the only edit. Once anything else has moved the record's stamp, the stamp does not tell its time
    /// either (decision 0013). HubSpot shows every change by id at once.
    ///
    /// `others`: the changes of the same field in Salesforce.
    func metUnseen(_ edit: Change, before write: Change, _ others: [Change]) -> Bool {
        guard edit.side == .hubspot else { return false }
        let made = others.lastIndex { !$0.isEngine && $0.value == write.value && $0.at <= edit.at }
        guard let made else { return false }
        // Every value that was shown when the edit was made, or later: its successor was not.
        for place in (0...made).reversed() {
            guard edit.at < others[place].at + self.unseenMax(edit.side.other) else { return false }
            let shown = place == 0 ? "" : others[place - 1].value
            if shown == edit.value { return true }
        }
        return false
    }

    /// A guard read's way back, its write's way there, and a second copy's delay.
    private var travelMax: Int64 {
        let ways = self.profile.weather.wire?.duplicatesPercent ?? 0 > 0 ? 3 : 2
        return Int64(ways * self.profile.weather.latencyMax)
    }

    /// How old an edit was when a write came over it: without the time for which the process stood
    /// still between the write's guard read and its bytes, and counted from when the bytes left
    /// where they landed late.
    private func age(of edit: Change, at write: Change) -> Int64 {
        var end = write.at
        for landing in self.wire.landings where landing.side == write.side {
            if landing.at == write.at { end = min(end, max(edit.at, landing.sentAt)) }
        }
        let stood = self.wire.pauses.reduce(Int64(0)) { sum, pause in
            sum + max(0, min(end, pause.upperBound) - max(edit.at, pause.lowerBound))
        }
        return end - edit.at - stood
    }
}
