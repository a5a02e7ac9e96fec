# backup.sh DATABASE FOLDER KEEP
BACKUP_FILE="$2/$1-$(date +%Y%m%d_%H%M%S).sql.gz"
pg_dump -d $1 | gzip > $BACKUP_FILE
find $2 -name "*.sql.gz" -mtime +7 -delete
echo "Backup completed: $BACKUP_FILE"
