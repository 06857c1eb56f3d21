# Runs R surveillance's farringtonFlexible over jobs and writes what it finds, for comparison with ours.
#   Rscript reference.R run FOLDER       reads FOLDER/jobs.csv and FOLDER/<counts>.csv, writes FOLDER/found.csv
#   Rscript reference.R published FOLDER writes the package's own example series as FOLDER/<name>.csv
suppressWarnings(suppressMessages(library(surveillance)))
words <- commandArgs(trailingOnly = TRUE)
folder <- words[2]
path <- function(name) file.path(folder, paste0(name, ".csv"))

published <- function() {
  data(list = c("salmonella.agona", "stsNewport", "salmHospitalized", "measlesDE", "rotaBB"))
  take <- function(name, sts, dated) {
    table <- data.frame(observed(sts), check.names = FALSE)
    if (dated) table <- cbind(days = as.integer(as.Date(sts@epoch, origin = "1970-01-01")), table)
    write.csv(table, path(name), row.names = FALSE)
  }
  take("salmonella_agona", disProg2sts(salmonella.agona), FALSE)
  take("newport", stsNewport, TRUE)
  take("salmonella_in_hospital", salmHospitalized, TRUE)
  take("measles", measlesDE, FALSE)
  take("rotavirus", rotaBB, TRUE)
}

judge <- function(job) {
  table <- read.csv(path(job$counts), check.names = FALSE)
  counts <- as.matrix(table[, names(table) != "days", drop = FALSE])
  days <- as.Date(table$days, origin = "1970-01-01")
  sts <- if (job$dated == 1) sts(counts, frequency = job$freq, epoch = days) else sts(counts, frequency = job$freq)
  control <- list(b = job$b, w = job$w, noPeriods = job$noPeriods, pastWeeksNotIncluded = job$left, alpha = job$alpha,
                  trend = job$trend == 1, pThresholdTrend = job$pThresholdTrend, reweight = job$reweight == 1,
                  weightsThreshold = job$weightsThreshold, thresholdMethod = job$limit, limit54 = c(job$cases, job$over), glmWarnings = FALSE)
  one <- function(period) {  # the package wants neighbouring periods; ours lie apart
    did <- suppressWarnings(farringtonFlexible(sts, c(list(range = period), control)))
    kept <- did@control
    data.frame(job = job$job, series = seq_len(ncol(counts)) - 1, at = period - 1, upper = as.vector(did@upperbound),
               alarm = as.integer(did@alarm), trend = as.vector(kept$trend), slope = as.vector(kept$trendVector), p = as.vector(kept$pvalue),
               phi = as.vector(kept$phiVector))
  }
  do.call(rbind, lapply(as.integer(strsplit(as.character(job$range), " ")[[1]]), one))
}

if (words[1] == "published") published() else {
  jobs <- read.csv(path("jobs"), stringsAsFactors = FALSE)
  found <- do.call(rbind, lapply(seq_len(nrow(jobs)), function(row) judge(jobs[row, ])))
  write.csv(found, path("found"), row.names = FALSE)
  cat(as.character(packageVersion("surveillance")), "\n")
}
