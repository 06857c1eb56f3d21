# Times farringtonFlexible over the columns of one CSV file: Rscript anomalies.R counts.csv found.csv per_year b w noPeriods left limit
suppressWarnings(suppressMessages(library(surveillance)))
words <- commandArgs(trailingOnly = TRUE)
number <- function(at) as.numeric(words[at])
series <- sts(as.matrix(read.csv(words[1])), frequency = number(3))
control <- list(range = nrow(series), b = number(4), w = number(5), noPeriods = number(6), pastWeeksNotIncluded = number(7), alpha = 0.01,
                pThresholdTrend = 0.05, weightsThreshold = 2.58, thresholdMethod = words[8], glmWarnings = FALSE)
suppressWarnings(farringtonFlexible(series[, 1], control))
taken <- system.time(did <- suppressWarnings(farringtonFlexible(series, control)))
write.csv(data.frame(upper = as.vector(did@upperbound), alarm = as.integer(did@alarm), trend = as.vector(did@control$trend)),
          words[2], row.names = FALSE)
cat(taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]], "\n")
