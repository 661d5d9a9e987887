/// What may be sent now, and when the rest.
extension BudgetGovernor {
    /// The answer to one wish; asking changes nothing.
    package func verdict(_ use: BudgetUse, now: Int64) -> BudgetVerdict {
        if let time = self.refusedUntil, now < time {
            return .deferred(until: time, because: .refused)
        }
        guard let capacity = self.capacity(now: now) else { return .granted }
        let wanted = self.used(now: now) + self.reserved + use.calls
        if wanted <= self.limit(of: use, in: capacity.calls) { return .granted }
        let fits = wanted <= capacity.calls
        if fits, self.isOverdue(use, now: now) { return .granted }
        if capacity.isForeign, self.mayProbe(use, now: now) { return .granted }
        return .deferred(
            until: self.nextChance(use, capacity, fits: fits, now: now),
            because: fits ? .urgency : capacity.isForeign ? .reserve : .share
        )
    }

    /// The answer to a call that was granted earlier and comes now: others may have used up the rest.
    package func verdict(granted use: BudgetUse, now: Int64) -> BudgetVerdict {
        if let time = self.refusedUntil, now < time {
            return .deferred(until: time, because: .refused)
        }
        guard let capacity = self.capacity(now: now), capacity.isForeign,
            self.used(now: now) + 1 > capacity.calls, let header = self.header
        else { return .granted }
        // A probe that was granted is no more than the one call.
        guard self.reserved > 1 || now < self.probeTime(header) else { return .granted }
        return .deferred(until: max(now + 1_000, self.probeTime(header)), because: .reserve)
    }

    /// How many calls of a class could go at once; `nil` if nothing is known that bounds them.
    package func room(of priority: PriorityClass, now: Int64) -> Int? {
        guard let capacity = self.capacity(now: now) else { return nil }
        let use = BudgetUse(priority)
        let used = self.used(now: now) + self.reserved
        let room = self.limit(of: use, in: capacity.calls) - used
        guard self.isOverdue(use, now: now) else { return max(0, room) }
        return max(0, room, min(Self.overdueMax, capacity.calls - used))
    }

    /// How long the next look for changes is put off so that looks do not eat the budget, in
    /// milliseconds.
    ///
    /// Half of what polls may take is free to take at once; the other half is spread over the day.
    package func pollWait(now: Int64) -> Int64 {
        guard let capacity = self.capacity(now: now), capacity.calls > 0, let last = self.lastPoll
        else { return 0 }
        let pollsMax = max(2, capacity.calls * self.settings.pollPercent / 100)
        guard self.polls.used(now: now) >= pollsMax / 2 else { return 0 }
        let pause = BudgetSettings.day / Int64(pollsMax - pollsMax / 2)
        return max(0, last + min(pause, Self.pauseMax) - now)
    }

    /// Whether a call that only asks for the day's number is worth its price.
    ///
    /// HubSpot's search tells no number: an idle portal would never learn that others have come
    /// near the reserve, or that midnight has passed.
    package func wantsUsage(now: Int64) -> Bool {
        guard !self.settings.pollsTellUsage else { return false }
        guard let header = self.header else { return self.isBlind(now: now) }
        guard now >= self.probeTime(header) else { return false }
        let everybody = self.used(now: now) + self.foreignCalls(now: now)
        return everybody >= self.usable(header.usage) * 8 / 10
    }

    /// Whether many looks went and no reply ever told a number: our share is not known then.
    ///
    /// Some accounts have none to tell (HubSpot: apps with OAuth): they are asked as rarely as anything.
    private func isBlind(now: Int64) -> Bool {
        guard self.polls.used(now: now) >= Self.blindMax else { return false }
        return self.lastTelling.map { now >= $0 + Self.pauseMax } ?? true
    }

    /// When so many calls of a class will have been sent if nobody else spends anything.
    package func forecast(_ use: BudgetUse, now: Int64) -> BudgetForecast {
        guard let capacity = self.capacity(now: now) else {
            return BudgetForecast(atOnce: use.calls, finishedAt: now)
        }
        var room = self.limit(of: use, in: capacity.calls) - self.used(now: now) - self.reserved
        let atOnce = max(0, min(room, use.calls))
        var (left, time) = (use.calls, now)
        var freeing = self.own.freeing(after: now)
        for step in 0..<Self.forecastStepsMax {
            if room > 0 {
                let going = min(room, left)
                left -= going
                room -= going
                freeing.append((time + BudgetSettings.day + self.settings.lateness, going))
            }
            guard left > 0 else { return BudgetForecast(atOnce: atOnce, finishedAt: time) }
            guard step < freeing.count else { break }
            time = freeing[step].at
            room += freeing[step].calls
        }
        return BudgetForecast(atOnce: atOnce, finishedAt: nil)
    }

    // MARK: - Bounds

    /// What is ours, and whether others rather than our own share bound it.
    private struct Capacity {
        var calls: Int
        var isForeign: Bool
    }

    private func capacity(now: Int64) -> Capacity? {
        guard let usage = self.header?.usage else { return nil }
        let isShareless = self.sabotage == .ignoresShare
        let share = isShareless ? usage.allowed : usage.allowed * self.settings.sharePercent / 100
        let left = self.usable(usage) - self.foreignCalls(now: now)
        return left < share
            ? Capacity(calls: left, isForeign: true) : Capacity(calls: share, isForeign: false)
    }

    private func usable(_ usage: DailyUsage) -> Int {
        usage.allowed - (usage.allowed * self.settings.reservePercent + 99) / 100
    }

    /// A number that is a day old says nothing any more.
    private func foreignCalls(now: Int64) -> Int {
        guard self.sabotage != .forgetsForeignCalls, let header = self.header,
            now - header.seenAt < BudgetSettings.day
        else { return 0 }
        return self.foreign.reckoned(now: now)
    }

    private func limit(of use: BudgetUse, in calls: Int) -> Int {
        self.settings.limit(of: use.isPoll ? .manual : use.priority, in: calls)
    }

    // MARK: - Exceptions

    /// Whether a class has waited the longest it may since its last call; looks have their own pace.
    private func isOverdue(_ use: BudgetUse, now: Int64) -> Bool {
        guard !use.isPoll, self.reserved == 0, use.calls <= Self.overdueMax else { return false }
        guard let last = self.lastCall[use.priority] else { return true }
        return now - last >= self.settings.waitMax(of: use.priority)
    }

    /// What others use is told by replies only: one call in a quarter of an hour brings the number.
    private func mayProbe(_ use: BudgetUse, now: Int64) -> Bool {
        guard self.sabotage != .probesAlways else { return true }
        guard use.calls == 1, self.reserved == 0, let header = self.header else { return false }
        guard self.settings.pollsTellUsage || !use.isPoll else { return false }
        let share = header.usage.allowed * self.settings.sharePercent / 100
        guard self.used(now: now) < share else { return false }
        return now >= self.probeTime(header)
    }

    /// Probes are no more than a tenth of our share, where that is few.
    private func probeTime(_ header: Header) -> Int64 {
        let share = header.usage.allowed * self.settings.sharePercent / 100
        let wait = min(Self.pauseMax, BudgetSettings.day / Int64(max(1, share / 10)))
        return max(header.seenAt, self.lastTelling ?? 0) + max(self.settings.probeWait, wait)
    }

    private func nextChance(
        _ use: BudgetUse,
        _ capacity: Capacity,
        fits: Bool,
        now: Int64
    ) -> Int64 {
        var times: [Int64] = [now + Self.hopeMax]
        var surplus =
            self.used(now: now) + self.reserved + use.calls
            - self.limit(of: use, in: capacity.calls)
        for free in self.own.freeing(after: now) {
            surplus -= free.calls
            if surplus <= 0 {
                times.append(free.at)
                break
            }
        }
        if fits, !use.isPoll, let last = self.lastCall[use.priority] {
            times.append(last + self.settings.waitMax(of: use.priority))
        }
        if capacity.isForeign, let header = self.header { times.append(self.probeTime(header)) }
        if let end = self.day.end { times.append(end) }
        // Asked again at once it would be the same answer: nothing is nearer than a second.
        return times.filter { $0 >= now + 1_000 }.min() ?? now + 1_000
    }

    /// How many calls who waited too long gets at once: a read and what follows from it.
    private static let overdueMax = 3
    /// The longest pause between two looks or probes while there are any calls, in milliseconds.
    private static let pauseMax: Int64 = 7_200_000
    /// What is asked again for at the latest, in milliseconds.
    private static let hopeMax: Int64 = 86_400_000
    private static let forecastStepsMax = 100_000
    /// How many looks go before the day's number is asked for.
    private static let blindMax = 20
}
